package udp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import udp.api.spi.TransportConfig;
import udp.internal.net.Addresses;
import udp.test.Loopback;
import udp.test.ScriptedTransport;

class ClientSocketsTest {
    private static final InetSocketAddress SERVER = ScriptedTransport.PEER;
    private static final InetSocketAddress OTHER = ScriptedTransport.PEER6;

    private final List<ScriptedTransport> transports = new ArrayList<>();
    private final FakeProvider provider = new FakeProvider(config -> {
        ScriptedTransport transport =
                new ScriptedTransport(new InetSocketAddress(Loopback.IPV4, 5000 + transports.size()));
        transports.add(transport);
        return transport;
    });
    private final ClientSockets sockets = new ClientSockets(provider, 0);

    @Test
    void theSystemChoosesThePort() throws IOException {
        sockets.socketTo(SERVER, false);
        assertEquals(List.of(TransportConfig.connect(SERVER)), provider.opened);
        assertEquals(0, provider.opened.get(0).local().getPort());
    }

    @Test
    void aChosenPortIsBound() throws IOException {
        new ClientSockets(provider, 4711).socketTo(SERVER, false);
        assertEquals(4711, provider.opened.get(0).local().getPort());
    }

    @Test
    void anUnconnectedSocketHasTheFamilyOfTheServer() throws IOException {
        sockets.socketTo(OTHER, true);
        InetSocketAddress wildcard = Addresses.wildcard(StandardProtocolFamily.INET6, 0);
        assertEquals(List.of(TransportConfig.bind(wildcard)), provider.opened);
    }

    @Test
    void aSocketIsOpenedOnceAndClosedForAnotherServer() throws IOException {
        RoundTrip trip = sockets.socketTo(SERVER, false);
        assertSame(trip, sockets.socketTo(SERVER, false));
        assertEquals(0, transports.get(0).closed);
        assertNotSame(trip, sockets.socketTo(OTHER, false));
        assertEquals(1, transports.get(0).closed);
        assertEquals(0, transports.get(1).closed);
    }

    @Test
    void aReleasedSocketIsClosedAndOpenedAgainOnAnotherPort() throws IOException {
        sockets.socketTo(SERVER, false);
        sockets.release();
        assertFalse(sockets.isOpen());
        assertEquals(1, transports.get(0).closed);
        sockets.socketTo(SERVER, false);
        assertTrue(sockets.isOpen());
        assertEquals(2, transports.size());
    }

    @Test
    void nothingIsOpenedAfterTheClose() throws IOException {
        sockets.socketTo(SERVER, false);
        sockets.close();
        assertEquals(1, transports.get(0).closed);
        assertThrows(ClosedChannelException.class, () -> sockets.socketTo(SERVER, false));
        assertEquals(1, transports.size());
    }
}
