package udp.it.kit;

import static udp.it.kit.Rule.*;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import udp.api.Transport;
import udp.api.spi.Providers;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider;
import udp.api.spi.TransportProvider.Role;
import udp.internal.fault.Faults;

/** Each wrong transport fails exactly the rules that it breaks; one behind a network that does nothing fails none. */
@Tag("long")
@Execution(ExecutionMode.CONCURRENT)
class WrongTransportsTest {
    @FunctionalInterface
    interface Opener {
        Transport open(TransportConfig config) throws IOException;
    }

    private record Provider(Role role, String name, Opener opener) implements TransportProvider {
        @Override
        public Transport open(TransportConfig config) throws IOException {
            return opener.open(config);
        }
    }

    static Stream<Arguments> servers() {
        return Stream.of(
                wrong(WrongTransport.IgnoresClose::new, T3_2, T3_3, T3_4), // first what takes longest
                wrong(WrongTransport.HasNoTimeout::new, T1_4, T1_5),
                wrong(WrongTransport.TakesZeroForForever::new, T1_4),
                wrong(WrongTransport.HasOneLock::new, T4_1),
                wrong(WrongTransport.DecodesTheWholeBuffer::new, T1_1, T1_2),
                wrong(WrongTransport.LeaksTheDatagramBefore::new, T1_1, T1_2),
                wrong(WrongTransport.CutsWhatItReceivesAt1024::new, T1_1),
                wrong(WrongTransport.TakesAnEmptyDatagramForTheEnd::new, T1_2),
                wrong(WrongTransport.SkipsEmptyDatagrams::new, T1_2),
                wrong(WrongTransport.KeepsWhatDoesNotFit::new, T1_3),
                wrong(WrongTransport.IgnoresArrayOffsetInReceive::new, T1_1),
                wrong(WrongTransport.FlipsTheCallersBuffer::new, T1_1, T1_2),
                wrong(WrongTransport.LeavesTheLimitSet::new, T1_5),
                wrong(WrongTransport.CutsWhatItSendsAt1024::new, T2_1),
                wrong(WrongTransport.IgnoresArrayOffsetInSend::new, T2_2),
                wrong(WrongTransport.DropsEmptyDatagramsSilently::new, T2_3),
                wrong(WrongTransport.DiesOnPort0::new, T2_5),
                wrong(WrongTransport.ClosesOnlyOnce::new, T3_1),
                wrong(WrongTransport.KeepsThePort::new, T3_4),
                wrong(WrongTransport.ForgetsItsAddress::new, T3_5),
                wrong(WrongTransport.EndsACallOnInterrupt::new, T4_2));
    }

    static Stream<Arguments> clients() {
        return Stream.of(
                wrong(WrongTransport.StartsTheTimeAnewForStrangers::new, T1_5, T1_6_CLOSED),
                wrong(WrongTransport.IsNotConnected::new, T1_6, T1_6_CLOSED),
                wrong(WrongTransport.ClosesOnAReport::new, T1_6_CLOSED),
                wrong(WrongTransport.SendsAnywhere::new, T2_4));
    }

    private static Arguments wrong(Opener opener, Rule... broken) {
        return Arguments.of(Set.of(broken), opener);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aServersTransportFailsExactlyTheRulesThatItBreaks(Set<Rule> broken, Opener opener) {
        List<Trial> trials = Trial.of(new Provider(Role.SERVER, "wrong", opener), false);
        Verdicts.assertFails(broken, Verdicts.examine("T", trials));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void aClientsTransportFailsExactlyTheRulesThatItBreaks(Set<Rule> broken, Opener opener) {
        Trial connected =
                Trial.of(new Provider(Role.CLIENT, "wrong", opener), false).get(0);
        Verdicts.assertFails(broken, Verdicts.examine("T", List.of(connected)));
    }

    static Stream<TransportProvider> providers() {
        return Stream.of(Role.values()).flatMap(role -> Providers.transports(role).stream());
    }

    @ParameterizedTest
    @MethodSource("providers")
    void oneBehindFaultsThatNeverHappenFailsNone(TransportProvider provider) {
        Faults never = new Faults(Double.MIN_VALUE, 0, 0, 0, 0, Duration.ZERO, Duration.ZERO, 1);
        Opener opener = config -> never.around(provider.open(config));
        Verdicts.assertFails(
                Set.of(), Verdicts.examine("T", Trial.of(new Provider(provider.role(), "faulty", opener), false)));
    }
}
