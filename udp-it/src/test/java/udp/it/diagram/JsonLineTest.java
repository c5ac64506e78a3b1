package udp.it.diagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLineTest {
    @Test
    void stringsAndNumbersAreRead() {
        assertEquals(Map.of(), JsonLine.parse(" { } "));
        assertEquals(
                Map.of("a", "b", "n", "-12", "zero", "0", "empty", ""),
                JsonLine.parse("{\"a\" : \"b\", \"n\":-12 ,\"zero\":0,\"empty\":\"\"}"));
    }

    @Test
    void escapesAreUndone() {
        assertEquals(
                Map.of("e", "\"\\/\b\f\n\r\t\u4f60\ud83d\ude00\u001b"),
                JsonLine.parse("{\"e\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u4F60\\ud83d\\ude00\\u001b\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "}",
                "[]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\":\"b}",
                "{\"a\":01}",
                "{\"a\":1.5}",
                "{\"a\":-}",
                "{\"a\":true}",
                "{\"a\":{}}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":\"\t\"}",
                "{\"a\":1}x",
                "{\"a\":\"\\",
                "{a:1}"
            })
    void anythingElseIsRefused(String line) {
        String message = assertThrows(IllegalArgumentException.class, () -> JsonLine.parse(line))
                .getMessage();
        assertEquals("not a line of a trace, at character ", message.replaceAll("\\d+$", ""));
    }
}
