package udp.it.kit;

import static udp.contract.Rule.*;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import udp.api.MessageProcessor;
import udp.api.spi.Providers;
import udp.contract.Rule;
import udp.it.kit.run.ContractRun;

/** Each wrong processor fails exactly the rules that it breaks, and the built-in processors fail none. */
@Isolated("a rule changes the JVM's locale")
class WrongProcessorsTest {
    static Stream<Arguments> processors() {
        return Stream.of(
                wrong(WrongProcessor.DecodesTheWholeBuffer::new, P1, P4),
                wrong(WrongProcessor.IgnoresArrayOffset::new, P1),
                wrong(WrongProcessor.FlipsTheReply::new, P2),
                wrong(WrongProcessor.NeedsAnArrayForTheReply::new, P2),
                wrong(WrongProcessor.HasNoOutcome::new, P3),
                wrong(WrongProcessor.LeaksTheMessageBefore::new, P4),
                wrong(WrongProcessor.ReadsAFirstByte::new, P5),
                wrong(WrongProcessor.AbortsTheTestOfTheEmptyMessage::new, P5),
                wrong(WrongProcessor.DiesOnMalformedText::new, P6),
                wrong(WrongProcessor.HasAnArrayOf1024::new, P7),
                wrong(WrongProcessor.TakesTheDefaultLocale::new, P8),
                wrong(WrongProcessor.TakesTheDefaultCharset::new, P9));
    }

    private static Arguments wrong(Supplier<MessageProcessor> processors, Rule... broken) {
        return Arguments.of(Set.of(broken), processors);
    }

    @ParameterizedTest
    @MethodSource("processors")
    void aProcessorFailsExactlyTheRulesThatItBreaks(Set<Rule> broken, Supplier<MessageProcessor> processors) {
        Verdicts.assertFails(broken, Verdicts.examine("P", Subject.processor(processors, null)));
    }

    static Stream<Supplier<MessageProcessor>> unlikeUpper() {
        return Stream.of(WrongProcessor.AppendsANul::new, WrongProcessor.HasATable::new);
    }

    @ParameterizedTest
    @MethodSource("unlikeUpper")
    void aProcessorThatRepliesOtherwiseThanUpperBreaksOnlyThat(Supplier<MessageProcessor> processors) {
        List<ContractRun> runs = Subject.processor(processors, Providers.processor("upper"));
        Verdicts.assertFails(Set.of(P11), Verdicts.examine("P", runs));
    }

    @ParameterizedTest
    @ValueSource(strings = {"upper", "echo", "discard", "reverse", "time"})
    void theBuiltInOnesFailNone(String name) {
        List<ContractRun> runs = Subject.processor(() -> Providers.processor(name), null);
        Verdicts.assertFails(Set.of(), Verdicts.examine("P", runs));
    }
}
