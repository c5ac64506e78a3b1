package udp.it.relay;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The addresses of the server's name. The relay keeps to one address as long as it replies. If it is silent for a while,
 * the next address is tried. After the last, the name is looked up again. One thread.
 */
final class Destination {
    private final Callable<List<InetSocketAddress>> resolver;
    private final long patienceNanos;
    private List<InetSocketAddress> addresses;
    private int index;
    private boolean isWaiting;
    private long waitingSince; // if it is waiting
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
        isWaiting = false;
    }

    /** Notes a request that is about to be sent, and returns whether it must go to another address than the last. */
    boolean noteRequest(long now) {
        InetSocketAddress before = address();
        if (!isWaiting) {
            isWaiting = true;
            waitingSince = now;
        } else if (now - waitingSince >= patienceNanos) {
            waitingSince = now;
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
            thread.start();
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
