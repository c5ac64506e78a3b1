package udp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import udp.api.Transport;
import udp.api.spi.TransportConfig;
import udp.internal.net.Addresses;
import udp.test.FakeProvider;
import udp.test.Loopback;
import udp.test.ScriptedTransport;

class PortHistoryTest {
    private static final InetSocketAddress SERVER = ScriptedTransport.PEER;
    private static final TransportConfig ANY_PORT = TransportConfig.connect(SERVER);

    private final PortHistory history = new PortHistory();
    private final List<ScriptedTransport> opened = new ArrayList<>();

    @Test
    void aUsedPortIsExchangedForAnother() throws IOException {
        FakeProvider ports = giving(5000, 5000, 5000, 5001);
        assertSame(history.openUnused(ports, ANY_PORT), opened.get(0));
        assertSame(history.openUnused(ports, ANY_PORT), opened.get(3));
        assertEquals(
                List.of(0, 1, 1, 0), opened.stream().map(each -> each.closed).toList());
    }

    /** A host may have a single port left, or a process a single descriptor. */
    @Test
    void aUsedPortIsTakenIfNoOtherCanBeOpened() throws IOException {
        FakeProvider ports = giving(5000, 5000);
        FakeProvider failing = new FakeProvider(config -> {
            if (opened.size() == 2) {
                throw new BindException("no more ports");
            }
            return ports.open(config);
        });
        history.openUnused(failing, ANY_PORT);
        assertSame(history.openUnused(failing, ANY_PORT), opened.get(1));
        assertEquals(0, opened.get(1).closed);
    }

    @Test
    void aUsedPortIsClosedIfTheProviderIsBroken() throws IOException {
        FakeProvider ports = giving(5000, 5000);
        FakeProvider broken = new FakeProvider(config -> {
            if (opened.size() == 2) {
                throw new IllegalStateException("broken");
            }
            return ports.open(config);
        });
        history.openUnused(broken, ANY_PORT);
        assertThrows(IllegalStateException.class, () -> history.openUnused(broken, ANY_PORT));
        assertEquals(1, opened.get(1).closed);
    }

    @Test
    void aUsedPortIsTakenIfTheSystemGivesNoOther() throws IOException {
        FakeProvider always = new FakeProvider(config -> new ScriptedTransport(local(5000)));
        history.openUnused(always, ANY_PORT);
        Transport transport = history.openUnused(always, ANY_PORT);
        assertEquals(5000, transport.localAddress().getPort());
        assertEquals(1 + 16, always.opened.size());
    }

    @Test
    void aChosenPortIsUsedAgain() throws IOException {
        FakeProvider ports = giving(5000, 5000);
        TransportConfig chosen = new TransportConfig(Addresses.wildcard(StandardProtocolFamily.INET, 5000), SERVER);
        history.openUnused(ports, chosen);
        assertSame(history.openUnused(ports, chosen), opened.get(1));
        assertEquals(List.of(chosen, chosen), ports.opened);
    }

    @Test
    void theOldestPortIsForgottenForTheNewest() {
        IntStream.range(10_000, 10_000 + 4096).forEach(history::add);
        assertTrue(IntStream.rangeClosed(0, 65_535)
                .allMatch(port -> history.contains(port) == (port >= 10_000 && port < 10_000 + 4096)));
        history.add(5);
        assertFalse(history.contains(10_000));
        assertTrue(history.contains(10_001) && history.contains(5));
    }

    private static InetSocketAddress local(int port) {
        return new InetSocketAddress(Loopback.IPV4, port);
    }

    private FakeProvider giving(int... ports) {
        return new FakeProvider(config -> {
            ScriptedTransport transport = new ScriptedTransport(local(ports[opened.size()]));
            opened.add(transport);
            return transport;
        });
    }
}
