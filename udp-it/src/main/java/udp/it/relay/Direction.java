package udp.it.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Map;
import java.util.TreeMap;
import udp.internal.fault.FaultyLink;
import udp.internal.fault.FaultyLink.DelayedDatagram;
import udp.internal.fault.FaultyLink.Passage;
import udp.internal.fault.LinkFaults;
import udp.internal.text.Printable;
import udp.internal.trace.Step;
import udp.it.relay.Upstreams.Origin;
import udp.server.statistics.DropReason;

/**
 * A direction, to the server or to the clients, which counts and records its datagrams. Each duplicate counts. One
 * thread.
 */
final class Direction {
    final FaultyLink<Origin> link;
    long received;
    private final char sender; // c, a client, or s, the server
    private final Recorder recorder;
    private final Map<String, Long> dropped = new TreeMap<>(); // by the relay, or by its line
    private long relayed;
    private long lost; // by chance or by the script

    Direction(char sender, LinkFaults faults, long seed, Recorder recorder) {
        this.sender = sender;
        this.recorder = recorder;
        link = new FaultyLink<>(faults, seed);
    }

    /** Puts a datagram that has arrived, from the beginning of a buffer to its limit, into the link. */
    void enter(Origin origin, long now, DatagramChannel channel, ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.limit()];
        buffer.get(0, bytes);
        Passage<Origin> passage = link.enter(bytes, origin, now);
        if (passage.fate().equals(FaultyLink.LOST)) {
            lost++;
        } else if (passage.first() == null) {
            drop(passage.fate().substring(FaultyLink.DROPPED.length()));
        }
        recorder.recordArrival(channel, origin.sender(), buffer, name(passage.number()), passage.fate());
    }

    /** Counts a datagram that has arrived and does not enter the link. */
    void refuse(Object reason, DatagramChannel channel, InetSocketAddress from, ByteBuffer buffer) {
        drop(reason);
        recorder.recordArrival(channel, from, buffer, null, FaultyLink.DROPPED + reason);
    }

    /** Counts a datagram that the relay does not pass on. */
    void drop(Object reason) {
        dropped.merge(reason.toString(), 1L, Long::sum);
    }

    /** Sends a datagram that has come out of the link; the channel is null if no socket is left. */
    void send(DelayedDatagram<Origin> datagram, DatagramChannel channel, InetSocketAddress receiver) {
        ByteBuffer bytes = ByteBuffer.wrap(datagram.bytes());
        Step departure = recorder.beginDeparture();
        String failure = null;
        try {
            if (channel == null) {
                failure = "no socket left";
                drop(failure);
            } else if (channel.send(bytes, receiver) < datagram.bytes().length) {
                failure = "send buffer full";
                drop(failure);
            } else {
                relayed++;
            }
        } catch (IOException e) {
            failure = Printable.failure(e);
            drop(DropReason.SEND_FAILED); // for example too large for the other address family
        }
        recorder.recordDeparture(departure, channel, receiver, datagram.bytes(), name(datagram.number()), failure);
    }

    private String name(int number) {
        return sender + Integer.toString(number);
    }

    /** Returns the counts, such as {@code received 3, relayed 1, lost 1, dropped 1 (source refused 1)}. */
    @Override
    public String toString() {
        return "received " + received + ", relayed " + relayed + ", lost " + lost + ", dropped " + counts(dropped);
    }

    /** Returns the sum of some counts, and each of them if there are any. */
    static String counts(Map<String, Long> counts) {
        long sum = counts.values().stream().mapToLong(Long::longValue).sum();
        return sum == 0
                ? "0"
                : sum + counts.toString().replace('=', ' ').replace("{", " (").replace('}', ')');
    }
}
