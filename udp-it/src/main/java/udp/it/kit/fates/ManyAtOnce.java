package udp.it.kit.fates;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import udp.contract.Subprocess;

/** What holds for many programs that run at the same time. */
final class ManyAtOnce {
    /** How many programs may run at the same time that wait most of their time: no more than a kit has ports for. */
    static final int WAITING = Math.min(128, 8 * Runtime.getRuntime().availableProcessors());

    private static final long MAX_LATE_MILLIS = 5000;

    private ManyAtOnce() {}

    /** Returns a delay, in round numbers, that is longer than a wait of a program. */
    static long lateMillis(long waitMillis) {
        return Math.min(MAX_LATE_MILLIS, (waitMillis * 13 / 10 / 50 + 1) * 50);
    }

    /** Returns whether a program ends in so many seconds after its first datagram. */
    static boolean endsAfterItsFirst(Subprocess program, ScriptedNetwork network, int seconds)
            throws InterruptedException {
        CompletableFuture<?> either = CompletableFuture.anyOf(network.firstRequest(), program.onEnd());
        either.completeOnTimeout(null, Subprocess.START_SECONDS, TimeUnit.SECONDS)
                .join();
        return program.endsWithin(seconds);
    }
}
