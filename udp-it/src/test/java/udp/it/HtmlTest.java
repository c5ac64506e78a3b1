package udp.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HtmlTest {
    @Test
    void escapesWhatIsMarkupOrCannotBeShown() {
        assertEquals(
                "&lt;a b=&quot;&amp;amp;&quot;&gt;'\\u0000\\u202e\nü", Html.escaped("<a b=\"&amp;\">'\0\u202e\r\nü\n"));
        assertEquals("", Html.escaped(""));
    }
}
