package udp.it.kit.report;

import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import udp.contract.Rule;
import udp.it.kit.report.RuleResult.Failure;
import udp.it.kit.report.RuleResult.Verdict;

/** The results in the XML that build servers read: one test case for each rule. */
final class JunitXml {
    private JunitXml() {}

    static String of(RuleResults results) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", results.subject());
            xml.writeAttribute("tests", String.valueOf(results.results().size()));
            xml.writeAttribute("failures", count(results, Verdict.FAIL));
            xml.writeAttribute("errors", "0");
            xml.writeAttribute("skipped", count(results, Verdict.NOT_APPLICABLE));
            for (RuleResult result : results.results()) {
                write(xml, result);
            }
            xml.writeCharacters("\n");
            xml.writeEndDocument();
            xml.writeCharacters("\n");
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }

    private static void write(XMLStreamWriter xml, RuleResult result) throws XMLStreamException {
        Rule rule = result.rule();
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", "udp.it.kit." + rule.level());
        xml.writeAttribute("name", rule.number() + " " + rule.sentence());
        if (result.outcome() == Verdict.NOT_APPLICABLE) {
            xml.writeEmptyElement("skipped");
            xml.writeAttribute("message", result.reason());
        }
        List<Failure> failures = result.failures();
        if (!failures.isEmpty()) { // readers expect at most one element
            xml.writeStartElement("failure");
            xml.writeAttribute("message", failures.get(0).text());
            for (Failure failure : failures) {
                xml.writeCharacters(failure.text() + "\n" + failure.trace() + "\n");
            }
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static String count(RuleResults results, Verdict outcome) {
        return String.valueOf(results.results().stream()
                .filter(result -> result.outcome() == outcome)
                .count());
    }
}
