package udp.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import udp.api.Transport;
import udp.api.spi.TransportConfig;

/** What the chapters of the contract have in common: a transport and its peer, new for each test. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class TransportRules {
    static final Duration LONG = Duration.ofSeconds(KitAssertions.PATIENCE_SECONDS);

    final TransportContract contract;
    Peer peer;
    Transport transport;

    TransportRules(TransportContract contract) {
        this.contract = contract;
    }

    @BeforeEach
    void open() throws Exception {
        contract.ip.assumeHere();
        peer = contract.peer();
        transport = open(contract.config(peer.address()));
    }

    /** What goes wrong in closing is for the rules of closing to tell. */
    @AfterEach
    void close() throws Exception {
        if (transport != null) {
            var closing = KitAssertions.inThread(() -> {
                transport.close();
                return null;
            });
            try {
                closing.get(1, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                // a test of rule 3 fails by it
            }
        }
        if (peer != null) {
            peer.close();
        }
    }

    Transport open(TransportConfig config) throws Exception {
        return KitAssertions.within("open to return", () -> contract.provider().open(config));
    }

    /** Another transport on the same port. */
    Transport openAgain(InetSocketAddress local) throws Exception {
        return open(new TransportConfig(local, contract.config(peer.address()).remote()));
    }

    void peerSends(String text) throws IOException {
        InetSocketAddress local = transport.localAddress();
        KitAssertions.that(
                local != null && local.getPort() != 0,
                "a local address with the port that was bound (rule 3.5)",
                local == null ? "it was null" : "its port was 0");
        peer.send(text, local);
    }

    InetSocketAddress receive(ByteBuffer buffer) throws Exception {
        return KitAssertions.within("the datagram to be received", () -> transport.receive(buffer));
    }

    InetSocketAddress receive(ByteBuffer buffer, Duration timeout) throws Exception {
        return KitAssertions.within(
                "receive to return within " + timeout.toMillis() + " ms", () -> transport.receive(buffer, timeout));
    }

    byte[] peerReceives(String what) throws IOException {
        return peer.receive(what).bytes();
    }

    /** For tests that go on after something was refused. */
    void assertStillSends() throws IOException {
        transport.send(ByteBuffer.wrap(text("still")), peer.address());
        KitAssertions.bytes("the next datagram to be", text("still"), peerReceives("the next datagram to be sent"));
    }

    static byte[] text(String text) {
        return text.getBytes(UTF_8);
    }

    static byte[] slice(ByteBuffer buffer, int from, int to) {
        byte[] bytes = new byte[Math.max(0, to - from)];
        buffer.get(from, bytes);
        return bytes;
    }
}
