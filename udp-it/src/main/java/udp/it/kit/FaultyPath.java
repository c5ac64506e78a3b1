package udp.it.kit;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import udp.internal.fault.Faults;
import udp.internal.fault.FaultyLink;

/** A bad network between a sender and a receiver, which sees how many datagrams are on their way at the same time. */
final class FaultyPath implements Closeable {
    private static final long LONGEST_WAIT_MILLIS = 20;

    private final Peer front;
    private final Peer back;
    private final InetSocketAddress receiver;
    private final Set<ByteBuffer> unanswered = new HashSet<>();
    private volatile InetSocketAddress sender;
    private int most;
    private int largest;

    FaultyPath(InetAddress address, InetSocketAddress receiver, Faults faults) throws IOException {
        this.receiver = receiver;
        front = new Peer(address);
        back = new Peer(address);
        carry(front, new FaultyLink(faults, faults.seed()));
        carry(back, new FaultyLink(faults, faults.seed() + 1));
    }

    /** Where the sender sends to. */
    int port() {
        return front.address().getPort();
    }

    /** How many different datagrams the sender has sent, at most, before it heard of one of them. */
    synchronized int mostAtOnce() {
        return most;
    }

    /** Bytes of the sender's largest datagram. */
    synchronized int largest() {
        return largest;
    }

    @Override
    public void close() {
        front.close();
        back.close();
    }

    private void carry(Peer from, FaultyLink link) {
        Expect.inThread(() -> {
            long start = System.nanoTime();
            while (true) { // until the socket is closed
                long wait = TimeUnit.NANOSECONDS.toMillis(link.nanosToNext(System.nanoTime() - start));
                Peer.Datagram datagram = from.receive(Math.min(wait, LONGEST_WAIT_MILLIS));
                long now = System.nanoTime() - start;
                if (datagram != null) {
                    note(from, datagram);
                    link.enter(datagram.bytes(), datagram.sender(), now);
                }
                for (FaultyLink.Datagram due = link.poll(now); due != null; due = link.poll(now)) {
                    deliver(from, due.bytes());
                }
            }
        });
    }

    private synchronized void note(Peer from, Peer.Datagram datagram) {
        if (from == front) {
            sender = datagram.sender();
            unanswered.add(ByteBuffer.wrap(datagram.bytes().clone())); // a fault may change the bytes themselves
            most = Math.max(most, unanswered.size());
            largest = Math.max(largest, datagram.bytes().length);
        }
    }

    private void deliver(Peer from, byte[] bytes) throws IOException {
        if (from == front) {
            back.send(bytes, receiver);
        } else if (sender != null) {
            synchronized (this) {
                unanswered.clear(); // before it is sent: what comes from now on may be due to it
            }
            front.send(bytes, sender);
        }
    }
}
