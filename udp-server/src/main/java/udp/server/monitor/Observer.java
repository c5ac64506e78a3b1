package udp.server.monitor;

import java.net.InetSocketAddress;
import udp.internal.jfr.FlightEvents;
import udp.server.statistics.DropReason;
import udp.server.statistics.Statistics;

/**
 * Sees what becomes of each datagram and tells the counters, JDK Flight Recorder and the log. One thread records; any
 * thread may read the statistics.
 */
public final class Observer {
    private final Counters counters = new Counters();
    private final ServerLog log;
    private final KernelDrops kernelDrops;
    private int requestBytes;
    private Object exchange; // the event that began with the latest request, or null if nobody records

    /** Makes an observer for each worker. All of them share a log, since its limit is for the whole server, and the drops. */
    public Observer(ServerLog log, KernelDrops kernelDrops) {
        this.log = log;
        this.kernelDrops = kernelDrops;
    }

    /** Records that a request has arrived. */
    public void recordReceived(InetSocketAddress peer, int bytes) {
        counters.countReceived();
        FlightEvents.recordReceived(peer, bytes);
        requestBytes = bytes;
        exchange = FlightEvents.beginExchange();
    }

    /** Records that a guard has refused the latest request. */
    public void recordRefused(InetSocketAddress peer, DropReason reason) {
        counters.countDropped(reason);
        FlightEvents.recordDropped(peer, requestBytes, reason);
    }

    /** Records that the latest request gets no reply. */
    public void recordDropped(InetSocketAddress peer, DropReason reason) {
        recordRefused(peer, reason);
        FlightEvents.recordExchange(exchange, peer, false, 0);
    }

    /** Records that the latest request gets no reply because of a failure. */
    public void recordFailed(InetSocketAddress peer, DropReason reason, Throwable cause) {
        recordDropped(peer, reason);
        log.reportDropped(reason, peer, cause);
    }

    /** Records that the reply to the latest request was sent. */
    public void recordReplied(InetSocketAddress peer, int bytes) {
        counters.countReplied();
        FlightEvents.recordSent(peer, bytes);
        FlightEvents.recordExchange(exchange, peer, true, 0);
    }

    /** Records what the system tells of a socket that has failed, before that is closed. */
    public void recordClosing() {
        kernelDrops.count();
    }

    /** Records that receiving has failed and is tried again. */
    public void recordReceiveFailed(Throwable cause) {
        log.reportReceiveFailed(cause);
    }

    /** Records that another transport has taken the place of a failed one. */
    public void recordReplaced(InetSocketAddress local, Throwable cause) {
        log.reportReplaced(local, cause);
    }

    /** Returns the counts so far. */
    public Statistics statistics() {
        return counters.statistics();
    }
}
