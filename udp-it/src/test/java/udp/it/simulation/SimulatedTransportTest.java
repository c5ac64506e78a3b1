package udp.it.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import udp.api.Transport;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider;
import udp.api.spi.TransportProvider.Role;
import udp.contract.ConnectedTransportContract;
import udp.contract.TransportContract;
import udp.internal.fault.Faults;
import udp.test.Loopback;

/** The rules of a transport, for the transport that has no socket, and the turns of the programs. */
class SimulatedTransportTest {
    /** The contract has threads that the network does not know of, so here time is that of this computer. */
    private static final class NetworkInRealTime extends SimulatedNetwork {
        private final Condition news = lock.newCondition();

        NetworkInRealTime() {
            super(Faults.NONE, NetworkWatch.NONE);
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        void await(BooleanSupplier condition, long deadline) {
            boolean interrupted = false;
            while (!condition.getAsBoolean() && deadline - nanoTime() > 0) {
                try {
                    news.awaitNanos(deadline - nanoTime());
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        void changed() {
            runUntilQuiet();
            news.signalAll();
        }
    }

    /** A socket of the simulated network, for the peer. */
    private static final class SimulatedSocket extends DatagramSocket {
        private final SimulatedTransport transport;
        private int timeout;

        SimulatedSocket(SimulatedTransport transport) throws IOException {
            super((SocketAddress) null);
            this.transport = transport;
        }

        @Override
        public void setSoTimeout(int millis) {
            timeout = millis;
        }

        @Override
        public void send(DatagramPacket packet) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(packet.getData(), packet.getOffset(), packet.getLength());
            transport.send(bytes, (InetSocketAddress) packet.getSocketAddress());
        }

        @Override
        public void receive(DatagramPacket packet) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(packet.getData());
            InetSocketAddress sender = transport.receive(buffer, Duration.ofMillis(timeout));
            if (sender == null) {
                throw new SocketTimeoutException();
            }
            packet.setLength(buffer.position());
            packet.setSocketAddress(sender);
        }

        @Override
        public SocketAddress getLocalSocketAddress() {
            return transport.localAddress();
        }

        @Override
        public void close() {
            super.close();
            transport.close();
        }
    }

    private static final SimulatedHost HOST = new NetworkInRealTime().host(Role.CLIENT, Loopback.IPV4, Loopback.IPV6);

    private static DatagramSocket bind(InetSocketAddress local) throws IOException {
        return new SimulatedSocket(HOST.bind(TransportConfig.bind(local)));
    }

    @Nested
    class Bound extends TransportContract {
        @Override
        protected TransportProvider provider() {
            return HOST;
        }

        @Override
        protected DatagramSocket socket(InetSocketAddress local) throws IOException {
            return bind(local);
        }
    }

    @Nested
    class Connected extends ConnectedTransportContract {
        @Override
        protected TransportProvider provider() {
            return HOST;
        }

        @Override
        protected DatagramSocket socket(InetSocketAddress local) throws IOException {
            return bind(local);
        }
    }

    private final SimulatedNetwork network = new SimulatedNetwork(Faults.NONE, NetworkWatch.NONE);
    private final SimulatedHost host = network.host(Role.CLIENT, Loopback.IPV4);

    @Test
    void aWaitTakesNoTimeButThatOfTheNetwork() throws IOException {
        InetSocketAddress nobody = new InetSocketAddress("192.0.2.9", 9);
        try (Transport transport = host.open(TransportConfig.connect(nobody))) {
            transport.send(ByteBuffer.allocate(1), nobody);
            assertNull(transport.receive(ByteBuffer.allocate(1), Duration.ofDays(100)));
            assertEquals(Duration.ofDays(100).toNanos(), network.nanoTime());
            IllegalStateException stuck =
                    assertThrows(IllegalStateException.class, () -> transport.receive(ByteBuffer.allocate(1)));
            assertEquals("every program waits, and nothing is on its way", stuck.getMessage());
        }
    }

    @Test
    void aClosedPortIsReportedAtOnce() throws IOException {
        InetSocketAddress closed = new InetSocketAddress(Loopback.IPV4, 9);
        try (Transport transport = host.open(TransportConfig.connect(closed))) {
            transport.send(ByteBuffer.allocate(1), closed);
            assertThrows(
                    PortUnreachableException.class,
                    () -> transport.receive(ByteBuffer.allocate(1), Duration.ofSeconds(1)));
            assertEquals(0, network.nanoTime());
        }
    }

    @Test
    void programsTakeTurns() {
        StringBuilder seen = new StringBuilder();
        network.run(List.of(program(0, seen), program(1, seen), program(2, seen)));
        assertEquals("0@200 1@300 2@400 0@400 1@600 0@600 2@800 1@900 2@1200 ", seen.toString());
    }

    private Runnable program(int number, StringBuilder seen) {
        return () -> {
            for (int i = 0; i < 3; i++) {
                network.pause((number + 2) * 100);
                seen.append(number + "@" + network.nanoTime() + " ");
            }
        };
    }
}
