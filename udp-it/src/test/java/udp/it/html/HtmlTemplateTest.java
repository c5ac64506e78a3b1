package udp.it.html;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class HtmlTemplateTest {
    @Test
    void aValueIsTextAlsoIfItHasMarkupOrControlCharacters() throws Exception {
        String page = HtmlTemplate.fill(
                HtmlTemplateTest.class, "text.html", "<a b=\"&amp;\">'{{.}}\0\u202e\ufffe\uffff\r\nü\n");
        Element paragraph = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(page)))
                .getDocumentElement();
        assertEquals("<a b=\"&amp;\">'{{.}}\\u0000\\u202e\\ufffe\\uffff\nü", paragraph.getTextContent());
        assertEquals(0, paragraph.getElementsByTagName("a").getLength());
    }
}
