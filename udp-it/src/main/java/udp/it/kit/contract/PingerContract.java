package udp.it.kit.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import udp.contract.KitAssertions;
import udp.contract.Peer;
import udp.contract.Rule;
import udp.contract.Subprocess;
import udp.contract.Verifies;
import udp.internal.net.Addresses;
import udp.it.kit.support.CommandTemplate;
import udp.it.kit.support.SubjectResolver;

/**
 * Rules A2.1 to A2.7, for a pinger in any language: a process that sends ten pings one after the other, waits a second at
 * most for the reply to each, which is the same bytes, and ends with a line as {@code 10 sent, 8 received, 20 % loss,
 * min/avg/max 0.101/0.250/0.402 ms}.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class PingerContract {
    private static final int PINGS = 10;
    private static final long SLOW_MILLIS = 100;
    private static final Pattern COUNTS = Pattern.compile("(\\d+) sent, (\\d+) received, (\\d+) % loss");
    private static final String NUMBER = "(\\d+(?:\\.\\d+)?)";
    private static final Pattern TIMES =
            Pattern.compile(" min/avg/max " + NUMBER + "/" + NUMBER + "/" + NUMBER + " ms");

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
    protected abstract String command();

    @BeforeEach
    void open() throws Exception {
        server = new Peer(Addresses.loopback(StandardProtocolFamily.INET));
        stranger = new Peer(Addresses.loopback(StandardProtocolFamily.INET));
    }

    @Verifies(value = Rule.A2_1, cause = "no number in the ping, so that no reply tells which ping it is for")
    void rule_A2_1_tenPingsNoTwoAlike() throws Exception {
        run((number, ping) -> reply(ping));
        List<String> texts =
                pings.stream().map(ping -> new String(ping.bytes(), UTF_8)).toList();
        KitAssertions.equal("the number of pings to be", PINGS, texts.size());
        KitAssertions.equal("the number of different pings to be", PINGS, new HashSet<>(texts).size());
    }

    @Verifies(value = Rule.A2_2, cause = "a receive without a time limit, or an exception at its end that ends all")
    void rule_A2_2_aPingWithoutReplyIsGivenUp() throws Exception {
        run((number, ping) -> {
            if (number != 1) {
                reply(ping);
            }
        });
        KitAssertions.equal("the number of pings to be", PINGS, pings.size());
    }

    @Verifies(value = Rule.A2_3, cause = "a share of a whole number is cut to 0, or loss and success are exchanged")
    void rule_A2_3_sentReceivedAndLossAreCounted() throws Exception {
        assertCounts(7, run((number, ping) -> {
            if (number % 3 != 0) {
                reply(ping);
            }
        }));
    }

    @Verifies(value = Rule.A2_4, cause = "took whatever came first for the reply, instead of the reply to this ping")
    void rule_A2_4_aLateReplyIsNotTheNext() throws Exception {
        assertCounts(8, run((number, ping) -> {
            if (number == 4) {
                reply(pings.get(2));
            } else if (number != 3) {
                reply(ping);
            }
        }));
    }

    @Verifies(value = Rule.A2_5, cause = "neither connected the socket nor compared the sender")
    void rule_A2_5_aStrangersReplyIsNotCounted() throws Exception {
        assertCounts(9, run((number, ping) -> (number == 5 ? stranger : server).send(ping.bytes(), ping.sender())));
    }

    @Verifies(value = Rule.A2_6, cause = "seconds or nanoseconds for milliseconds, or a clock that is not fine enough")
    void rule_A2_6_timesAreInMilliseconds() throws Exception {
        long start = System.nanoTime();
        String printed = run((number, ping) -> {
            if (number == 2) {
                Thread.sleep(SLOW_MILLIS); // The client measures this delay. No test waits here for an event.
            }
            reply(ping);
        });
        long all = (System.nanoTime() - start) / 1_000_000;
        Matcher times = last(TIMES, printed, "min/avg/max 0.101/0.250/0.402 ms");
        double least = Double.parseDouble(times.group(1));
        double mean = Double.parseDouble(times.group(2));
        double most = Double.parseDouble(times.group(3));
        KitAssertions.that(least <= mean && mean <= most, "min, avg and max in this order", "it was" + times.group());
        KitAssertions.that(
                least < most,
                "min to be less than max, because a reply was " + SLOW_MILLIS + " ms late",
                "it was" + times.group());
        KitAssertions.that(
                most >= SLOW_MILLIS - 1 && most <= all,
                "max from " + SLOW_MILLIS + " to " + all + " ms, because a reply was that late, and all took no longer",
                "it was" + times.group());
    }

    @Verifies(value = Rule.A2_7, cause = "a mean of no times: a division by zero, or NaN")
    void rule_A2_7_withoutAnyReplyAllIsLost() throws Exception {
        String printed = run((number, ping) -> {});
        assertCounts(0, printed);
        KitAssertions.that(
                !TIMES.matcher(printed).find() && !printed.contains("NaN"),
                "no times without replies",
                "it printed " + shown(printed));
        KitAssertions.equal("the exit status without replies to be", 1, pinger.status());
    }

    /** Returns what was printed. */
    private String run(Fate fate) throws Exception {
        pinger = Subprocess.start(
                CommandTemplate.words(command(), server.address().getPort()), new byte[0], Subprocess.USUAL);
        take(server.receive("the pinger to send a datagram", pinger), fate);
        while (pings.size() <= PINGS) {
            boolean running = pinger.isRunning(); // before receiving, so that the pinger's last datagram counts
            Peer.ReceivedDatagram ping = server.receive(50);
            if (ping != null) {
                take(ping, fate);
            } else if (!running) {
                break;
            }
        }
        return new String(pinger.awaitEnd("the pinger to end after " + PINGS + " pings"), UTF_8);
    }

    private void take(Peer.ReceivedDatagram ping, Fate fate) throws Exception {
        pings.add(ping);
        fate.befall(pings.size(), ping);
    }

    private void reply(Peer.ReceivedDatagram ping) throws IOException {
        server.send(ping.bytes(), ping.sender());
    }

    private static void assertCounts(int received, String printed) {
        String expected = PINGS + " sent, " + received + " received, " + 100 * (PINGS - received) / PINGS + " % loss";
        KitAssertions.equal(
                "the last line to begin with",
                expected,
                last(COUNTS, printed, expected).group());
    }

    private static Matcher last(Pattern pattern, String printed, String example) {
        String line = printed.lines().filter(text -> !text.isBlank()).reduce("", (before, text) -> text);
        Matcher matcher = pattern.matcher(line);
        KitAssertions.that(matcher.find(), "a last line with \"" + example + "\"", "it was " + shown(line));
        return matcher;
    }

    private static String shown(String text) {
        return KitAssertions.shown(text.getBytes(UTF_8));
    }

    /** The contract for a command that the kit's program was told. */
    @ExtendWith(SubjectResolver.class)
    public static final class OfCommand extends PingerContract {
        private final String input;

        OfCommand(String input) {
            this.input = input;
        }

        @Override
        protected String command() {
            return input;
        }
    }
}
