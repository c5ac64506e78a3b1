package udp.it.kit.support;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import udp.contract.Journal;
import udp.contract.KitAssertions;
import udp.contract.Peer;
import udp.internal.fault.Faults;
import udp.internal.fault.FaultyLink;
import udp.internal.trace.Call;

/** A bad network between a sender and a receiver that counts how many datagrams are on their way at the same time. */
public final class FaultyPath implements Closeable {
    private static final long MAX_WAIT_MILLIS = 20;

    private final Peer front;
    private final Peer back;
    private final InetSocketAddress receiver;
    private final Set<ByteBuffer> seen = new HashSet<>();
    private final Set<ByteBuffer> unacknowledged = new HashSet<>();
    private final Set<ByteBuffer> lost = new HashSet<>();
    private final int repliesLost;
    private volatile InetSocketAddress sender;
    private int most;
    private long carried;
    private int largest;
    private boolean repeated;

    /** Creates a path that also loses the first copy of each of the receiver's first different datagrams. */
    public FaultyPath(InetAddress address, InetSocketAddress receiver, Faults faults, int repliesLost)
            throws IOException {
        this.receiver = receiver;
        this.repliesLost = repliesLost;
        front = Peer.onLoopback();
        back = new Peer(address);
        carry(front, "c", new FaultyLink<>(faults.fromClients(), faults.seed()));
        carry(back, "s", new FaultyLink<>(faults.fromServer(), faults.seed() + 1));
    }

    /** Returns the port that the sender sends to. */
    public int port() {
        return front.address().getPort();
    }

    /** Returns the maximum number of different datagrams that were unacknowledged at the same time. */
    public synchronized int maxAtOnce() {
        return most;
    }

    /** Returns the size of the sender's largest datagram. */
    public synchronized int largest() {
        return largest;
    }

    /** Returns the number of bytes in the sender's different datagrams. */
    public synchronized long carried() {
        return carried;
    }

    /** Returns whether the sender sent a datagram again. */
    public synchronized boolean isRepeated() {
        return repeated;
    }

    @Override
    public void close() {
        front.close();
        back.close();
    }

    private void carry(Peer from, String side, FaultyLink<InetSocketAddress> link) {
        KitAssertions.inThread(() -> {
            long start = System.nanoTime();
            while (true) { // Closing the socket ends the loop.
                long wait = TimeUnit.NANOSECONDS.toMillis(link.nanosToNext(System.nanoTime() - start));
                Peer.ReceivedDatagram datagram = from.receive(Math.min(wait, MAX_WAIT_MILLIS));
                long now = System.nanoTime() - start;
                if (datagram != null) {
                    note(from, datagram);
                    byte[] bytes = datagram.bytes().clone(); // A fault may change the array.
                    FaultyLink.Passage<?> passage = link.enter(datagram.bytes(), datagram.sender(), now);
                    Journal.addOfNetwork(
                            Call.RECVFROM,
                            from.address(),
                            datagram.sender(),
                            bytes,
                            side + passage.number(),
                            passage.fate());
                }
                for (FaultyLink.DelayedDatagram<InetSocketAddress> due = link.poll(now);
                        due != null;
                        due = link.poll(now)) {
                    deliver(from, due.bytes(), side + due.number());
                }
            }
        });
    }

    private synchronized void note(Peer from, Peer.ReceivedDatagram datagram) {
        if (from == front) {
            sender = datagram.sender();
            ByteBuffer bytes = ByteBuffer.wrap(datagram.bytes().clone()); // A fault may change the array.
            if (seen.add(bytes)) { // A datagram that is sent again may arrive after its acknowledgement.
                unacknowledged.add(bytes);
                carried += bytes.remaining();
                most = Math.max(most, unacknowledged.size());
            } else {
                repeated = true;
            }
            largest = Math.max(largest, datagram.bytes().length);
        }
    }

    private void deliver(Peer from, byte[] bytes, String name) throws IOException {
        if (from == front) {
            Journal.addOfNetwork(Call.SENDTO, back.address(), receiver, bytes, name, null);
            back.send(bytes, receiver);
        } else if (sender != null && lost.size() < repliesLost && lost.add(ByteBuffer.wrap(bytes))) {
            Journal.addOfNetwork(Call.SENDTO, front.address(), sender, bytes, name, "lost");
        } else if (sender != null) {
            synchronized (this) {
                unacknowledged.clear(); // before sending, because the sender may react to it
            }
            Journal.addOfNetwork(Call.SENDTO, front.address(), sender, bytes, name, null);
            front.send(bytes, sender);
        }
    }
}
