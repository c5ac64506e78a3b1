package udp.it.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The answers to a few sentences over a network that loses some of the datagrams, either way. Whether a try comes through
 * depends on its number alone, so that a machine that is slow changes nothing. The answer before comes again, late, once
 * the next sentence is asked for.
 */
final class LossyAnswers {
    private static final int SENTENCES = 5;
    private static final int SEED = 16; // a loss of a half takes six tries
    private static final int LONGEST_WAIT_SECONDS = 15;

    private final Peer server;
    private final double loss;
    private final Random[] fates =
            IntStream.range(0, SENTENCES).mapToObj(i -> new Random(SEED + i)).toArray(Random[]::new);
    private final int[] tries = new int[SENTENCES];
    private final InetSocketAddress[] askers = new InetSocketAddress[SENTENCES];

    LossyAnswers(Peer server, double loss) {
        this.server = server;
        this.loss = loss;
    }

    int count() {
        return SENTENCES;
    }

    String sentences() {
        return IntStream.range(0, SENTENCES).mapToObj(i -> sentence(i) + "\n").collect(Collectors.joining());
    }

    /** For as long as the client runs and asks. */
    void giveTo(Subprocess client) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS);
        while (client.isRunning()) {
            Peer.Datagram request = server.receive(50);
            if (request == null) {
                Expect.that(
                        System.nanoTime() < end,
                        "a lost request to be sent again",
                        "nothing came within " + LONGEST_WAIT_SECONDS + " s");
            } else {
                end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS);
                answer(new String(request.bytes(), UTF_8), request.sender());
            }
        }
    }

    private void answer(String request, InetSocketAddress sender) throws Exception {
        for (int i = 0; i < SENTENCES; i++) {
            if (request.startsWith(sentence(i))) {
                if (tries[i]++ == 0 && i > 0 && askers[i - 1] != null) {
                    server.send(answerTo(i - 1), askers[i - 1]);
                }
                askers[i] = sender;
                boolean there = fates[i].nextDouble() >= loss;
                boolean back = fates[i].nextDouble() >= loss;
                if (there && back) {
                    server.send(answerTo(i), sender);
                }
            }
        }
    }

    boolean areIn(String printed) {
        int at = 0;
        for (int i = 0; i < SENTENCES; i++) {
            int found = printed.indexOf(answerTo(i));
            if (found < at || found != printed.lastIndexOf(answerTo(i))) {
                return false;
            }
            at = found;
        }
        return true;
    }

    /** How often each sentence came. */
    String asked() {
        return Arrays.stream(tries).mapToObj(n -> n + " times").collect(Collectors.joining(", "));
    }

    private static String sentence(int number) {
        return "sentence " + number;
    }

    private static String answerTo(int number) {
        return "answer " + number;
    }
}
