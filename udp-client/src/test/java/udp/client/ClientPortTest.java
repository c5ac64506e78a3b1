package udp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static udp.client.Loopback.PATIENT;
import static udp.client.Loopback.client;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From which local ports a client sends. */
@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClientPortTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress(Loopback.IPV4, 7);

    private final List<FakeTransport> transports = new ArrayList<>();

    @Test
    void aPortThatTheSystemGivesAgainIsExchangedForAnother() throws IOException {
        try (Client client = client(givingPorts(5000, 5000, 5000, 5001), PATIENT, SERVER)) {
            client.ask("one");
            client.ask("two");
        }
        assertEquals(List.of(), transports.get(1).sent);
        assertEquals(List.of(), transports.get(2).sent);
        assertEquals(List.of("two"), transports.get(3).sent);
    }

    @Test
    void aPortThatIsNotTakenIsClosed() throws IOException {
        try (Client client = client(givingPorts(5000, 5000, 5001), PATIENT, SERVER)) {
            client.ask("one");
            client.ask("two");
        }
        assertTrue(transports.get(1).closed);
    }

    @Test
    void aPortIsNotClosedBeforeAnotherIsOpen() throws IOException {
        List<Boolean> closedBefore = new ArrayList<>();
        FakeProvider ports = givingPorts(5000, 5000, 5001);
        FakeProvider watching = new FakeProvider(config -> {
            closedBefore.add(!transports.isEmpty() && transports.get(transports.size() - 1).closed);
            return ports.open(config);
        });
        try (Client client = client(watching, PATIENT, SERVER)) {
            client.ask("one");
            client.ask("two");
        }
        assertFalse(closedBefore.get(2), "the system would give the same port once more");
    }

    @Test
    void aPortIsClosedWhenAnotherCannotBeOpened() throws IOException {
        FakeProvider ports = givingPorts(5000, 5000);
        FakeProvider failing = new FakeProvider(config -> {
            if (transports.size() == 2) {
                throw new BindException("no more ports");
            }
            return ports.open(config);
        });
        try (Client client = client(failing, PATIENT, SERVER)) {
            client.ask("one");
            assertThrows(IOException.class, () -> client.ask("two"));
        }
        assertTrue(transports.get(1).closed);
    }

    @Test
    void anotherPortIsNotAskedForForEver() throws IOException {
        FakeProvider always = new FakeProvider(config -> new FakeTransport(5000).receiving("pong", SERVER));
        try (Client client = client(always, PATIENT, SERVER)) {
            client.ask("one");
            assertEquals("pong", client.ask("two"));
        }
    }

    @Test
    void aChosenPortIsUsedAgain() throws IOException {
        FakeProvider ports = givingPorts(5000, 5000);
        try (Client client = new Client(Loopback.NAME, List.of(SERVER), ports, 5000, PATIENT, reason -> {})) {
            client.ask("one");
            client.ask("two");
        }
        assertEquals(List.of("two"), transports.get(1).sent);
    }

    @Test
    void aChosenPortIsBoundTo() throws IOException {
        FakeProvider ports = givingPorts(5000);
        try (Client client = new Client(Loopback.NAME, List.of(SERVER), ports, 5000, PATIENT, reason -> {})) {
            client.ask("one");
        }
        assertEquals(5000, ports.opened.get(0).local().getPort());
    }

    @Test
    void theSystemIsAskedForAPortUnlessOneIsChosen() throws IOException {
        FakeProvider ports = givingPorts(5000);
        try (Client client = client(ports, PATIENT, SERVER)) {
            client.ask("one");
        }
        assertEquals(0, ports.opened.get(0).local().getPort());
    }

    @Test
    void aHistoryStartsEmpty() {
        PortHistory history = new PortHistory();
        assertTrue(IntStream.rangeClosed(0, 65_535).noneMatch(history::contains));
    }

    @Test
    void theLatestPortsAreRemembered() {
        PortHistory history = new PortHistory();
        IntStream.range(10_000, 10_000 + 4096).forEach(history::add);
        assertTrue(IntStream.range(10_000, 10_000 + 4096).allMatch(history::contains));
    }

    @Test
    void theOldestPortIsForgottenForTheNewest() {
        PortHistory history = new PortHistory();
        IntStream.rangeClosed(10_000, 10_000 + 4096).forEach(history::add);
        assertFalse(history.contains(10_000));
        assertTrue(IntStream.rangeClosed(10_001, 10_000 + 4096).allMatch(history::contains));
    }

    private FakeProvider givingPorts(Integer... ports) {
        Iterator<Integer> next = List.of(ports).iterator();
        return new FakeProvider(config -> {
            FakeTransport transport = new FakeTransport(next.next()).receiving("pong", SERVER);
            transports.add(transport);
            return transport;
        });
    }
}
