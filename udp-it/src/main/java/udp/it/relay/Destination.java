package udp.it.relay;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The addresses of the server's name. The relay keeps to one address as long as it replies. If it is silent for a while
 * although several requests come, the next address is tried. After the last, the name is looked up again. One thread.
 */
final class Destination {
    private static final int MIN_REQUESTS = 3;

    private final Callable<List<InetSocketAddress>> resolver;
    private final long patienceNanos;
    private List<InetSocketAddress> addresses;
    private int index;
    private int requests; // since the last reply, each soon after the one before
    private long firstRequest;
    private long lastRequest;
    private FutureTask<List<InetSocketAddress>> lookUp; // or null

    /** Begins with some addresses, at least one. The resolver looks the name up again, perhaps slowly. */
    Destination(List<InetSocketAddress> addresses, Callable<List<InetSocketAddress>> resolver, Duration patience) {
        this.addresses = addresses;
        this.resolver = resolver;
        this.patienceNanos = patience.toNanos();
    }

    /** Returns the address to send to. */
    InetSocketAddress address() {
        return addresses.get(index);
    }

    /** Notes that the server has replied. */
    void noteReply() {
        requests = 0;
        lookUp = null;
    }

    /** Notes a request that is about to be sent, and returns whether it must go to another address than the last. */
    boolean noteRequest(long now) {
        InetSocketAddress before = address();
        if (requests == 0 || now - lastRequest >= patienceNanos) { // A pause is no silence of the server.
            requests = 0;
            firstRequest = now;
        }
        requests++;
        lastRequest = now;
        if (requests >= MIN_REQUESTS && now - firstRequest >= patienceNanos) {
            requests = 0;
            next();
        }
        return !address().equals(before);
    }

    private void next() {
        index++;
        if (index < addresses.size()) {
            return;
        }
        index = 0;
        if (lookUp == null) {
            lookUp = new FutureTask<>(resolver); // On another thread: the relay goes on meanwhile.
            Thread thread = new Thread(lookUp, "udp-it proxy look-up");
            thread.setDaemon(true);
            try {
                thread.start();
            } catch (OutOfMemoryError e) {
                lookUp = null; // No thread is left: later, perhaps.
            }
        } else if (lookUp.isDone()) {
            adopt();
        }
    }

    private void adopt() {
        try {
            addresses = lookUp.get();
        } catch (ExecutionException e) {
            // No name server replies, for example: the known addresses are better than none.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lookUp = null;
    }
}
