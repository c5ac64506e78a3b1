package udp.it.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import udp.contract.Rule;
import udp.contract.Verifies;

/** The rules of the kit are those of the documentation, and each has a test or a reason to have none. */
class RuleTest {
    private static final List<String> CONTRACTS = List.of(
            "udp.contract.ReceiveRules",
            "udp.contract.ConnectedRules",
            "udp.contract.SendRules",
            "udp.contract.CloseRules",
            "udp.contract.ThreadRules",
            "udp.contract.MessageProcessorContract",
            "udp.it.kit.contract.ServerContract",
            "udp.it.kit.contract.PingerContract",
            "udp.it.kit.contract.FileTransferContract",
            "udp.it.kit.contract.ClientContract");

    @ParameterizedTest
    @CsvSource({"Transport, [1-4]\\.[0-9]+", "MessageProcessor, P\\.[0-9]+"})
    void theNumbersAreThoseOfTheDocumentation(String type, String number) throws Exception {
        String source = Files.readString(Path.of("../udp-api/src/main/java/udp/api/" + type + ".java"));
        Set<String> documented = Pattern.compile("<li>(" + number + ") ")
                .matcher(source)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> known = Stream.of(Rule.values())
                .filter(rule -> rule != Rule.P11)
                .map(Rule::number)
                .filter(each -> each.matches(number))
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(documented.size() > 8, documented::toString);
        assertEquals(documented, known);
    }

    @Test
    void eachRuleHasATestOrAReasonToHaveNone() throws ClassNotFoundException {
        Set<Rule> expected = EnumSet.allOf(Rule.class);
        expected.removeIf(rule -> rule.untestable() != null);
        Set<Rule> tested = EnumSet.noneOf(Rule.class);
        for (String contract : CONTRACTS) {
            for (Method method : Class.forName(contract).getDeclaredMethods()) {
                if (method.isAnnotationPresent(Verifies.class)) {
                    Rule rule = method.getAnnotation(Verifies.class).value();
                    String number = rule.number().replace('.', '_');
                    assertTrue(method.getName().startsWith("rule_" + number + "_"), method.toString());
                    tested.add(rule);
                }
            }
        }
        assertEquals(expected, tested);
    }

    @Test
    void eachSentenceBindsAndFitsALine() {
        for (Rule rule : Rule.values()) {
            assertTrue(rule.sentence().matches(".* (MUST|SHOULD) .*"), rule.sentence());
            assertTrue(rule.sentence().length() <= 68, rule.sentence());
            assertTrue(rule.intent().length() > 5, rule.sentence());
        }
    }
}
