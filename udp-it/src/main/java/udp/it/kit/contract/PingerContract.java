package udp.it.kit.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import udp.contract.KitAssertions;
import udp.contract.Peer;
import udp.contract.Rule;
import udp.contract.Subprocess;
import udp.contract.Verifies;
import udp.it.kit.support.CommandTemplate;
import udp.it.kit.support.Preflight;
import udp.it.kit.support.SubjectResolver;

/**
 * Rules A2.1 to A2.8, for a pinger in any language: a process that sends ten pings one after the other, and waits a second
 * at most for the reply to each, which is the ping in capitals. It says what became of each ping, and perhaps at the end
 * what became of all: {@link PingerOutput} reads both.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class PingerContract {
    /** The number of pings that a pinger sends. */
    public static final int PINGS = 10;

    private static final long SLOW_MILLIS = 300;
    private static final long LATE_MILLIS = 200;
    // Most pingers read the time of day. If the system is setting it, a time seems shorter or longer.
    private static final double CLOCK = 0.8;

    /** The fate of a ping. */
    @FunctionalInterface
    private interface Fate {
        /** The number counts from 1. */
        void befall(int number, Peer.ReceivedDatagram ping) throws Exception;
    }

    @AutoClose
    private Peer server;

    @AutoClose
    private Peer stranger;

    @AutoClose
    private Subprocess pinger;

    private final List<Peer.ReceivedDatagram> pings = new ArrayList<>();

    /** Is called by subclasses. */
    protected PingerContract() {}

    /** Returns the command that is checked, in which <code>{host}</code> and <code>{port}</code> stand for those of the server. */
    protected abstract CommandTemplate command();

    @BeforeEach
    void open() throws Exception {
        server = Preflight.peerFor(command());
        stranger = Peer.onLoopback();
    }

    @Verifies(value = Rule.A2_1, cause = "no number in the ping, so that no reply tells which ping it is for")
    void rule_A2_1_tenPingsNoTwoAlike() throws Exception {
        run((number, ping) -> reply(ping));
        List<String> texts =
                pings.stream().map(ping -> new String(ping.bytes(), UTF_8)).toList();
        assertTen();
        KitAssertions.equal("the number of different pings to be", PINGS, new HashSet<>(texts).size());
    }

    @Verifies(value = Rule.A2_2, cause = "a receive without a time limit, or an exception at its end that ends all")
    void rule_A2_2_aPingWithoutReplyIsGivenUp() throws Exception {
        run((number, ping) -> {
            if (number != 1) {
                reply(ping);
            }
        });
        assertTen();
    }

    @Verifies(value = Rule.A2_3, cause = "the exception of the time-out is not caught, or nothing is printed then")
    void rule_A2_3_itSaysWhichPingsGotNoReply() throws Exception {
        assertTimedOut(3, run(this::loseThree));
    }

    @Verifies(value = Rule.A2_4, cause = "took whatever came first for the reply, instead of the reply to this ping")
    void rule_A2_4_aLateReplyIsNotTheNext() throws Exception {
        assertTimedOut(2, run((number, ping) -> {
            if (number == 4) {
                reply(pings.get(2));
            } else if (number != 3) {
                reply(ping);
            }
        }));
    }

    @Verifies(value = Rule.A2_5, cause = "neither connected the socket nor compared the sender")
    void rule_A2_5_aStrangersReplyIsNotCounted() throws Exception {
        assertTimedOut(1, run((number, ping) -> reply(number == 5 ? stranger : server, ping)));
    }

    @Verifies(value = Rule.A2_6, cause = "another unit than the one printed, or a clock that is not fine enough")
    void rule_A2_6_theTimeOfEachReplyIsPrinted() throws Exception {
        long start = System.nanoTime();
        PingerOutput printed = run((number, ping) -> {
            waitIfSecond(number);
            reply(ping);
        });
        long all = millisSince(start);
        KitAssertions.that(
                printed.hasTime(CLOCK * SLOW_MILLIS, all / CLOCK),
                "a time from " + SLOW_MILLIS + " to " + all + " ms, because a reply was that late",
                "it printed " + printed);
    }

    @Verifies(value = Rule.A2_7, cause = "another unit than the one printed, or a word that is not the usual")
    void rule_A2_7_theStatisticsAreOfWhatCame() throws Exception {
        long start = System.nanoTime();
        List<Long> late = new ArrayList<>();
        PingerOutput printed = run((number, ping) -> {
            if (number % 3 != 0) {
                long received = System.nanoTime();
                Thread.sleep(number == 2 ? SLOW_MILLIS : LATE_MILLIS); // The pinger measures this delay.
                late.add(millisSince(received));
                reply(ping);
            }
        });
        long all = millisSince(start);
        long lost = Math.max(pings.size() / 3, printed.timedOut()); // On a busy machine, more replies are too late.
        assertLoss((int) (100 * lost / pings.size()), printed);
        PingerOutput.Times times = printed.times(CLOCK * SLOW_MILLIS, all / CLOCK);
        KitAssertions.that(
                times != null,
                "\"min/avg/max 0.101/0.250/300.402 ms\" or the like, and max from " + SLOW_MILLIS + " to " + all
                        + " ms",
                "it printed " + printed);
        double least = late.stream()
                .sorted()
                .limit(pings.size() - lost)
                .mapToLong(Long::longValue)
                .average()
                .orElse(0);
        if (times.mean() < CLOCK * least) {
            throw KitAssertions.failure(
                    "a mean of at least " + (long) least + " ms, because the replies were that late",
                    "it was " + times,
                    "the pings that got no reply count for the mean");
        }
        KitAssertions.that(
                times.min() <= times.mean() && times.mean() <= times.max() && times.min() < times.max(),
                "min, avg and max in this order, because one reply was later than the others",
                "it was " + times);
    }

    @Verifies(value = Rule.A2_8, cause = "a mean of no times: a division by zero, or NaN")
    void rule_A2_8_withoutAnyReplyAllIsLost() throws Exception {
        PingerOutput printed = run((number, ping) -> {});
        assertLoss(100, printed);
        KitAssertions.that(!printed.hasNaN(), "no times without replies", "it printed " + printed);
        KitAssertions.that(pinger.status() != 0, "an exit status other than 0 without replies", "it was 0");
    }

    private void assertTen() {
        try {
            KitAssertions.equal("the number of pings to be", PINGS, pings.size());
        } catch (AssertionError e) {
            throw Math.abs(pings.size() - PINGS) == 1
                    ? KitAssertions.explained(e, "counts from 0 or from 1 and ends as if it were the other")
                    : e;
        }
    }

    private static void waitIfSecond(int number) throws InterruptedException {
        if (number == 2) {
            Thread.sleep(SLOW_MILLIS); // The pinger measures this delay. No test waits here for an event.
        }
    }

    private static long millisSince(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }

    /** Returns what was printed. */
    private PingerOutput run(Fate fate) throws Exception {
        pinger = Preflight.start(command(), server, "", Subprocess.USUAL);
        take(server.receiveFirst("the pinger to send a datagram", pinger), fate);
        while (pings.size() <= PINGS) {
            boolean running = pinger.isRunning(); // before receiving, so that the pinger's last datagram counts
            Peer.ReceivedDatagram ping = server.receive(50);
            if (ping != null) {
                take(ping, fate);
            } else if (!running) {
                break;
            }
        }
        return new PingerOutput(new String(pinger.awaitEnd("the pinger to end after " + PINGS + " pings"), UTF_8));
    }

    private void take(Peer.ReceivedDatagram ping, Fate fate) throws Exception {
        pings.add(ping);
        fate.befall(pings.size(), ping);
    }

    private void loseThree(int number, Peer.ReceivedDatagram ping) throws IOException {
        if (number % 3 != 0) {
            reply(ping);
        }
    }

    private void reply(Peer.ReceivedDatagram ping) throws IOException {
        reply(server, ping);
    }

    /** Replies in capitals, as the server of the textbook does. */
    private static void reply(Peer from, Peer.ReceivedDatagram ping) throws IOException {
        from.send(new String(ping.bytes(), UTF_8).toUpperCase(Locale.ROOT), ping.sender());
    }

    private static void assertTimedOut(int lost, PingerOutput printed) {
        KitAssertions.that(
                printed.timedOut() == lost,
                "\"Request timed out\" " + times(lost),
                "it came " + times(printed.timedOut()) + " in " + printed);
    }

    private static String times(long number) {
        return number == 1 ? "once" : number + " times";
    }

    private static void assertLoss(int percent, PingerOutput printed) {
        if (!printed.hasLoss(percent)) {
            throw KitAssertions.failure(
                    "a line with the loss, " + percent + " %",
                    "it printed " + printed,
                    "no statistics at the end, or loss and success are exchanged");
        }
    }

    /** The contract for a command that the kit's program was told. */
    @ExtendWith(SubjectResolver.class)
    public static final class OfCommand extends PingerContract {
        private final CommandTemplate input;

        OfCommand(CommandTemplate input) {
            this.input = input;
        }

        @Override
        protected CommandTemplate command() {
            return input;
        }
    }
}
