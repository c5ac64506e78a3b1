package udp.it.kit.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import udp.contract.KitAssertions;
import udp.contract.Peer;
import udp.contract.Subprocess;
import udp.contract.TestMessages;

/**
 * The replies to a few sentences over a network that loses some of the datagrams, either way. Only the number of a try
 * decides whether the try comes through, so that a slow machine changes nothing. The reply to the sentence before comes
 * again, late, once the client asks the next sentence.
 */
public final class LossyReplies {
    private static final int SENTENCES = 5;
    private static final int SEED = 16; // a loss of a half takes six tries
    private static final int MAX_WAIT_SECONDS = 15;

    private final Peer server;
    private final double loss;
    private final Random[] fates =
            IntStream.range(0, SENTENCES).mapToObj(i -> new Random(SEED + i)).toArray(Random[]::new);
    private final int[] tries = new int[SENTENCES];
    private final InetSocketAddress[] askers = new InetSocketAddress[SENTENCES];

    public LossyReplies(Peer server, double loss) {
        this.server = server;
        this.loss = loss;
    }

    public int count() {
        return SENTENCES;
    }

    public String sentences() {
        return IntStream.range(0, SENTENCES).mapToObj(i -> sentence(i) + "\n").collect(Collectors.joining());
    }

    /** Replies for as long as the client runs and asks. */
    public void giveTo(Subprocess client) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MAX_WAIT_SECONDS);
        while (client.isRunning()) {
            Peer.ReceivedDatagram request = server.receive(50);
            if (request == null) {
                KitAssertions.that(
                        System.nanoTime() < end,
                        "a lost request to be sent again",
                        "nothing came within " + MAX_WAIT_SECONDS + " s");
            } else {
                end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MAX_WAIT_SECONDS);
                reply(new String(request.bytes(), UTF_8), request.sender());
            }
        }
    }

    private void reply(String request, InetSocketAddress sender) throws Exception {
        for (int i = 0; i < SENTENCES; i++) {
            if (request.startsWith(sentence(i))) {
                if (tries[i]++ == 0 && i > 0 && askers[i - 1] != null) {
                    server.send(replyTo(i - 1), askers[i - 1]);
                }
                askers[i] = sender;
                boolean there = fates[i].nextDouble() >= loss;
                boolean back = fates[i].nextDouble() >= loss;
                if (there && back) {
                    server.send(replyTo(i), sender);
                }
            }
        }
    }

    public boolean areIn(String printed) {
        int at = 0;
        for (int i = 0; i < SENTENCES; i++) {
            int found = printed.indexOf(replyTo(i));
            if (found < at || found != printed.lastIndexOf(replyTo(i))) {
                return false;
            }
            at = found;
        }
        return true;
    }

    /** Returns how often each sentence came. */
    public String asked() {
        return Arrays.stream(tries).mapToObj(n -> n + " times").collect(Collectors.joining(", "));
    }

    private static String sentence(int number) {
        return "sentence " + number;
    }

    private static String replyTo(int number) {
        return TestMessages.fresh("reply " + number);
    }
}
