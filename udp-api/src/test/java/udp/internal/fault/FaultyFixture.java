package udp.internal.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static udp.test.ScriptedTransport.PEER;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import udp.api.Transport;
import udp.test.ScriptedTransport;

/** A transport with faults in virtual time. That it keeps the rules of a transport, the tests of the kit show. */
@Timeout(20)
abstract class FaultyFixture {
    static final Duration MILLI = Duration.ofMillis(1);
    static final Duration HOUR = Duration.ofHours(1);
    static final Faults LOSS = faults(1, 0, 0, 0, 0);
    static final Faults DUPLICATE = faults(0, 1, 0, 0, 0);
    static final Faults REORDER = faults(0, 0, 1, 0, 0);

    final ManualClock clock = new ManualClock();
    final Queue<String> arriving = new ArrayDeque<>();
    final BlockingQueue<String> left = new LinkedBlockingQueue<>();
    final BlockingQueue<Thread> senders = new LinkedBlockingQueue<>();
    final List<Duration> waits = new ArrayList<>(); // null without a limit
    final AtomicInteger sends = new AtomicInteger();
    Throwable receiveFailure;
    final Transport inner = new Network();
    Transport transport = inner;
    private Throwable sendFailure;
    private int failing;

    /** The network behind the faults. If nothing arrives, a wait lets its time pass. */
    private final class Network implements Transport {
        @Override
        public InetSocketAddress receive(ByteBuffer buffer) throws IOException {
            return receive(buffer, null);
        }

        @Override
        public InetSocketAddress receive(ByteBuffer buffer, Duration timeout) throws IOException {
            waits.add(timeout);
            if (receiveFailure != null) {
                throw ScriptedTransport.rethrown(receiveFailure);
            } else if (arriving.isEmpty()) {
                clock.pass(timeout);
                return null;
            }
            buffer.put(arriving.remove().getBytes(ISO_8859_1));
            return PEER;
        }

        @Override
        public void send(ByteBuffer datagram, InetSocketAddress destination) throws IOException {
            if (sends.incrementAndGet() == failing) {
                throw ScriptedTransport.rethrown(sendFailure);
            }
            if (destination.isUnresolved() || destination.getPort() == 0) {
                throw new SocketException("refused by the network");
            }
            senders.add(Thread.currentThread());
            left.add(ISO_8859_1.decode(datagram).toString());
        }

        @Override
        public InetSocketAddress localAddress() {
            return ScriptedTransport.LOCAL;
        }

        @Override
        public void close() {}
    }

    @AfterEach
    void close() throws IOException {
        transport.close();
    }

    void wrap(Faults faults) {
        transport = faults.wrap(inner, clock);
    }

    /** Lets a send fail; the first has number 1. */
    void failOn(int number, Throwable failure) {
        failing = number;
        sendFailure = failure;
    }

    void send(String text) throws IOException {
        transport.send(ByteBuffer.wrap(text.getBytes(ISO_8859_1)), PEER);
    }

    String receive(Duration timeout) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(100);
        InetSocketAddress sender = timeout == null ? transport.receive(buffer) : transport.receive(buffer, timeout);
        assertTrue(sender == PEER || sender == null);
        return sender == null ? null : ISO_8859_1.decode(buffer.flip()).toString();
    }

    List<String> allLeft() {
        List<String> all = new ArrayList<>();
        left.drainTo(all);
        return all;
    }

    static Faults faults(double loss, double duplicate, double reorder, double corrupt, double truncate) {
        return new Faults(loss, duplicate, reorder, corrupt, truncate, Duration.ZERO, Duration.ZERO, 1);
    }

    static Faults delay(Duration delay) {
        return new Faults(0, 0, 0, 0, 0, delay, delay, 1);
    }
}
