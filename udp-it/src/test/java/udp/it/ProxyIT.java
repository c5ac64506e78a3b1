package udp.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static udp.it.Jvm.jar;
import static udp.it.Jvm.java;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The relay as a process between two programs. */
@Timeout(60)
class ProxyIT {
    /** Sends twenty datagrams, each after the reply to the previous datagram. */
    private static final String CLIENT = """
            from socket import *
            import sys
            client = socket(AF_INET, SOCK_DGRAM)
            client.settimeout(10)
            for i in range(20):
                client.sendto(b'datagram %d' % i, ('127.0.0.1', int(sys.argv[1])))
                print(client.recv(2048).decode())
            """;

    @Test
    void aPythonClientGetsItsRepliesThroughIt() throws Exception {
        Python.path();
        try (Jvm server = Jvm.start(java("-jar", jar("server"), "-p", "0"), Map.of());
                Jvm proxy = proxy(server.port(), "--delay=1ms..3ms")) {
            Jvm.Result result = Jvm.run("", List.of(Python.path(), "-c", CLIENT, String.valueOf(proxy.port())));
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                expected.add("DATAGRAM " + i);
            }
            assertEquals(expected, result.out().lines().toList(), result.err());
            Jvm.Result end = proxy.terminate();
            assertEquals(128 + 15, end.status());
            assertTrue(
                    end.out()
                            .endsWith("\nudp-it proxy: to the server: received 20, relayed 20, lost 0, dropped 0;"
                                    + " to clients: received 20, relayed 20, lost 0, dropped 0\n"),
                    end.out());
            assertEquals("", end.err());
        }
    }

    @Test
    void aClientThatRetriesGetsEveryReply() throws Exception {
        try (Jvm server = Jvm.start(java("-jar", jar("server"), "-p", "0"), Map.of());
                Jvm proxy = proxy(server.port(), "--loss=0.3", "--duplicate=0.2", "--reorder=0.1", "--seed=7")) {
            List<String> client = java("-jar", jar("client"), "-w", "100ms", "-n", "8", "127.0.0.1");
            client.add(String.valueOf(proxy.port()));
            Jvm.Result result = Jvm.run("one\ntwo\nthree\nfour\nfive\n", client);
            assertEquals("ONE\nTWO\nTHREE\nFOUR\nFIVE\n", result.out(), result.err());
        }
    }

    @Test
    void itLosesExactlyWhatItsScriptNames() throws Exception {
        try (Jvm server = Jvm.start(java("-jar", jar("server"), "-p", "0"), Map.of());
                DatagramSocket client = new DatagramSocket();
                Jvm proxy = proxy(server.port(), "--fates", "c2=lose c3=twice s1=lose")) {
            client.setSoTimeout(10_000);
            SocketAddress to = new InetSocketAddress("127.0.0.1", proxy.port());
            for (String message : List.of("a", "b", "c", "d")) {
                client.send(new DatagramPacket(message.getBytes(UTF_8), 1, to));
            }
            for (String expected : List.of("C", "C", "D")) {
                DatagramPacket reply = new DatagramPacket(new byte[1], 1);
                client.receive(reply);
                assertEquals(expected, new String(reply.getData(), UTF_8));
            }
            String end = proxy.terminate().out();
            assertTrue(end.contains("to the server: received 4, relayed 4, lost 1, dropped 0;"), end);
            assertTrue(end.contains("to clients: received 4, relayed 3, lost 1, dropped 0\n"), end);
        }
    }

    @Test
    void burstsHaveTheirCapAndPortsChangeAsInANat() throws Exception {
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
                DatagramSocket client = new DatagramSocket();
                Jvm proxy = proxy(server.getLocalPort(), "--loss=1:0", "--max-burst=1", "--rebind=2")) {
            server.setSoTimeout(10_000);
            SocketAddress to = new InetSocketAddress("127.0.0.1", proxy.port());
            for (String message : "abcdefgh".split("")) {
                client.send(new DatagramPacket(message.getBytes(UTF_8), 1, to));
            }
            List<Integer> ports = new ArrayList<>();
            for (String expected : List.of("b", "d", "f", "h")) {
                DatagramPacket request = new DatagramPacket(new byte[1], 1);
                server.receive(request);
                assertEquals(expected, new String(request.getData(), UTF_8));
                ports.add(request.getPort());
            }
            assertEquals(ports.get(0), ports.get(1));
            assertEquals(ports.get(2), ports.get(3));
            assertNotEquals(ports.get(0), ports.get(2));
        }
    }

    @Test
    void equalSeedsGiveEqualRuns() throws Exception {
        List<String> first = received("7");
        assertEquals(first, received("7"));
        assertNotEquals(first, received("8"));
    }

    /** Returns what a server receives of twenty datagrams. */
    private static List<String> received(String seed) throws Exception {
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
                DatagramSocket client = new DatagramSocket();
                Jvm proxy = proxy(
                        server.getLocalPort(),
                        "--loss=0.3",
                        "--duplicate=0.2",
                        "--corrupt=0.2",
                        "--truncate=0.2",
                        "--seed=" + seed)) {
            server.setSoTimeout(10_000);
            int port = proxy.port();
            for (int i = 0; i < 25; i++) { // several ends, because some may be lost
                byte[] bytes = (i < 20 ? "datagram " + i : "end").getBytes(UTF_8);
                client.send(new DatagramPacket(bytes, bytes.length, server.getLocalAddress(), port));
            }
            List<String> received = new ArrayList<>();
            while (!received.contains("end")) {
                DatagramPacket packet = new DatagramPacket(new byte[100], 100);
                server.receive(packet);
                received.add(new String(packet.getData(), 0, packet.getLength(), UTF_8));
            }
            return received;
        }
    }

    private static Jvm proxy(int server, String... options) throws IOException {
        List<String> command = java("-jar", jar("it"), "proxy", "--listen", "0", "--to", "127.0.0.1:" + server);
        command.addAll(List.of(options));
        return Jvm.start(command, Map.of());
    }
}
