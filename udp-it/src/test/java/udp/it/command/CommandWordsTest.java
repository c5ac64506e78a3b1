package udp.it.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandWordsTest {
    @Test
    void areCutAtSpacesThatAreNotQuoted() {
        assertEquals(
                List.of("python3", "my server.py", "--at=b c", "a'b", "", "x;$y"),
                CommandWords.of(" python3 'my server.py' --at='b c' \"a'b\"  '' x;$y"));
        assertEquals(List.of(), CommandWords.of(" "));
    }

    @Test
    void areThoseOfSeveralAtSemicolonsThatAreNotQuoted() {
        assertEquals(List.of(List.of("a", "b; c"), List.of("d"), List.of()), CommandWords.ofSeveral("a 'b; c';d ; "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'a", "a \"", "a'b", "'a\" b", "a 'b; c"})
    void needTheirQuotationMarksClosed(String text) {
        for (Runnable cut : List.<Runnable>of(() -> CommandWords.of(text), () -> CommandWords.ofSeveral(text))) {
            assertTrue(assertThrows(IllegalArgumentException.class, cut::run)
                    .getMessage()
                    .contains("quotation"));
        }
    }
}
