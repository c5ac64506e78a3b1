package udp.it.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import udp.internal.fault.Chances;
import udp.internal.fault.Faults;
import udp.it.relay.Upstreams.Limits;
import udp.test.Background;

/** A relay that runs, and the sockets of a client and of a server, which are both of the test. */
abstract class RelayedSockets {
    static final Chances LOST = new Chances(1, 0, 0, 0, 0, Duration.ZERO, Duration.ZERO);
    static final Duration MINUTE = Duration.ofMinutes(1);
    static final InetSocketAddress ANY_PORT = new InetSocketAddress("127.0.0.1", 0);

    final List<String> warnings = new CopyOnWriteArrayList<>();
    DatagramSocket server;
    DatagramSocket client;
    Relay relay;
    private final List<DatagramSocket> sockets = new ArrayList<>();
    private Background<Void> relaying;

    @BeforeEach
    void open() throws SocketException {
        server = socket(ANY_PORT);
        client = socket(ANY_PORT);
    }

    @AfterEach
    void close() throws Exception {
        sockets.forEach(DatagramSocket::close);
        if (relaying != null) { // The test may have been skipped.
            stop();
        }
    }

    void start(Faults faults) throws IOException {
        start(ANY_PORT, faults, 2, MINUTE);
    }

    void start(InetSocketAddress listen, Faults faults, int maxClients, Duration idle) throws IOException {
        start(listen, faults, new Limits(maxClients, idle, false, 0), address(server));
    }

    void start(InetSocketAddress listen, Faults faults, Limits limits, InetSocketAddress... servers)
            throws IOException {
        Destination destination = new Destination(List.of(servers), () -> List.of(servers), Duration.ofMillis(100));
        start(new Relay(listen, destination, faults, limits, warnings::add, Recorder.NONE));
    }

    void start(Relay started) {
        relay = started;
        relaying = Background.start(() -> {
            try (started) {
                started.run();
                return null;
            }
        });
    }

    void stop() throws Exception {
        relaying.thread.interrupt();
        relaying.result();
    }

    /** Sends a request and a reply with the same text, and returns the address that the server received it from. */
    SocketAddress exchange(DatagramSocket from, String text) throws IOException {
        send(from, text, relay.listen());
        DatagramPacket request = receive(server);
        assertEquals(text, text(request));
        send(server, text, request.getSocketAddress());
        DatagramPacket reply = receive(from);
        assertEquals(text, text(reply));
        assertEquals(relay.listen(), reply.getSocketAddress());
        return request.getSocketAddress();
    }

    DatagramSocket socket(InetSocketAddress address) throws SocketException {
        DatagramSocket socket = new DatagramSocket(address);
        socket.setSoTimeout(10_000); // an interrupt would not end receive()
        sockets.add(socket);
        return socket;
    }

    static InetSocketAddress address(DatagramSocket socket) {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    static void send(DatagramSocket from, String text, SocketAddress to) throws IOException {
        byte[] bytes = text.getBytes(ISO_8859_1);
        from.send(new DatagramPacket(bytes, bytes.length, to));
    }

    static DatagramPacket receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_527], 65_527);
        socket.receive(packet);
        return packet;
    }

    static String text(DatagramPacket packet) {
        return new String(packet.getData(), 0, packet.getLength(), ISO_8859_1);
    }
}
