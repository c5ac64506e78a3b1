package udp.it.kit;

import static udp.contract.Rule.*;

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
import udp.contract.Rule;
import udp.internal.fault.Faults;
import udp.it.kit.run.ContractRun;

/** Each wrong transport fails exactly the rules that it breaks; behind a network without faults, a correct transport fails none. */
@Tag("long")
@Execution(ExecutionMode.CONCURRENT)
class WrongTransportsIT {
    /** Opens a transport, as a constructor does. */
    @FunctionalInterface
    interface Constructor {
        Transport open(TransportConfig config) throws IOException;
    }

    private record WrongProvider(Role role, String name, Constructor constructor) implements TransportProvider {
        @Override
        public Transport open(TransportConfig config) throws IOException {
            return constructor.open(config);
        }
    }

    static Stream<Arguments> servers() {
        return Stream.of(
                wrong(WrongSockets.IgnoresClose::new, T3_2, T3_3, T3_4), // the slowest first
                wrong(WrongReceivers.HasNoTimeout::new, T1_4, T1_5),
                wrong(WrongReceivers.TakesZeroForForever::new, T1_4),
                wrong(WrongSockets.HasOneLock::new, T4_1),
                wrong(WrongReceivers.DecodesTheWholeBuffer::new, T1_1, T1_2),
                wrong(WrongReceivers.LeaksTheDatagramBefore::new, T1_1, T1_2),
                wrong(WrongReceivers.CutsWhatItReceivesAt1024::new, T1_1),
                wrong(WrongReceivers.TakesAnEmptyDatagramForTheEnd::new, T1_2),
                wrong(WrongReceivers.SkipsEmptyDatagrams::new, T1_2),
                wrong(WrongReceivers.KeepsWhatDoesNotFit::new, T1_3),
                wrong(WrongReceivers.IgnoresArrayOffsetInReceive::new, T1_1),
                wrong(WrongReceivers.FlipsTheCallersBuffer::new, T1_1, T1_2),
                wrong(WrongReceivers.LeavesTheLimitSet::new, T1_5),
                wrong(WrongSockets.CutsWhatItSendsAt1024::new, T2_1),
                wrong(WrongSockets.IgnoresArrayOffsetInSend::new, T2_2),
                wrong(WrongSockets.DropsEmptyDatagramsSilently::new, T2_3),
                wrong(WrongSockets.DiesOnPort0::new, T2_5),
                wrong(WrongSockets.ClosesOnlyOnce::new, T3_1),
                wrong(WrongSockets.AbortsTheTestOfASecondClose::new, T3_1),
                wrong(WrongSockets.KeepsThePort::new, T3_4),
                wrong(WrongSockets.ForgetsItsAddress::new, T3_5),
                wrong(WrongSockets.EndsACallOnInterrupt::new, T4_2));
    }

    static Stream<Arguments> clients() {
        return Stream.of(
                wrong(WrongSockets.StartsTheTimeAnewForStrangers::new, T1_5, T1_6_CLOSED),
                wrong(WrongSockets.IsNotConnected::new, T1_6, T1_6_CLOSED),
                wrong(WrongSockets.ClosesOnAReport::new, T1_6_CLOSED),
                wrong(WrongSockets.SendsAnywhere::new, T2_4));
    }

    private static Arguments wrong(Constructor constructor, Rule... broken) {
        return Arguments.of(Set.of(broken), constructor);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aServersTransportFailsExactlyTheRulesThatItBreaks(Set<Rule> broken, Constructor constructor) {
        List<ContractRun> runs = Subject.transport(new WrongProvider(Role.SERVER, "wrong", constructor), "");
        Verdicts.assertFails(broken, Verdicts.examine("T", runs));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void aClientsTransportFailsExactlyTheRulesThatItBreaks(Set<Rule> broken, Constructor constructor) {
        ContractRun connected = Subject.transport(new WrongProvider(Role.CLIENT, "wrong", constructor), "")
                .get(0);
        Verdicts.assertFails(broken, Verdicts.examine("T", List.of(connected)));
    }

    static Stream<TransportProvider> providers() {
        return Stream.of(Role.values()).flatMap(role -> Providers.transports(role).stream());
    }

    @ParameterizedTest
    @MethodSource("providers")
    void oneBehindFaultsThatNeverHappenFailsNone(TransportProvider provider) {
        Faults never = new Faults(Double.MIN_VALUE, 0, 0, 0, 0, Duration.ZERO, Duration.ZERO, 1);
        Constructor constructor = config -> never.wrap(provider).open(config);
        Verdicts.assertFails(
                Set.of(),
                Verdicts.examine(
                        "T", Subject.transport(new WrongProvider(provider.role(), "faulty", constructor), "")));
    }
}
