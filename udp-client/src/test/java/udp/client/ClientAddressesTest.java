package udp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static udp.client.TestClients.AN_HOUR;
import static udp.client.TestClients.HASTY;
import static udp.client.TestClients.client;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import udp.api.spi.TransportProvider;
import udp.test.FakeProvider;
import udp.test.Loopback;

/** A client whose server has several addresses. */
@ParameterizedClass(name = "{0}")
@MethodSource("udp.client.TestClients#transports")
@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClientAddressesTest {
    /** No socket can connect to it. For ::1 without IPv6 (EADDRNOTAVAIL), the JDK throws the same exception. */
    private static final InetSocketAddress NO_SOCKET = new InetSocketAddress(Loopback.IPV4, 7);

    @Parameter
    private TransportProvider real;

    private final TransportProvider provider = new FakeProvider(config -> {
        if (NO_SOCKET.equals(config.remote())) {
            throw new BindException("no such address here");
        }
        return real.open(config);
    });

    @Test
    void aNameIsLookedUpAgainWhenNoAddressHasReplied() throws IOException {
        List<InetSocketAddress> now = new ArrayList<>();
        try (ScriptedPeer silent = new ScriptedPeer(ScriptedPeer.SILENCE);
                ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.ECHO)) {
            now.add(silent.address());
            try (Client client = client(provider, HASTY, RetryListener.NONE, () -> List.copyOf(now))) {
                now.set(0, peer.address());
                assertThrows(SocketTimeoutException.class, () -> client.ask("ping"));
                assertEquals("ping", client.ask("ping"));
            }
        }
    }

    @Test
    void aServerThatCannotBeConnectedToIsReportedAtOnce() throws IOException {
        try (Client client = client(provider, AN_HOUR, NO_SOCKET)) {
            IOException failure = assertThrows(NoRouteToHostException.class, () -> client.ask("ping"));
            assertEquals("server:7 cannot be reached: no such address here", failure.getMessage());
        }
    }

    @Test
    void addressesOfBothFamiliesAreTried() throws IOException {
        Loopback.assumeIpv6();
        try (RefusingPort refusing = new RefusingPort(Loopback.IPV6);
                ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.ECHO);
                Client client = client(provider, AN_HOUR, refusing.address(), peer.address())) {
            assertEquals("ping", client.ask("ping"));
        }
    }

    /** On a host without IPv6, localhost may have the address ::1; the wait after 127.0.0.1 has refused is the same. */
    @Test
    void aRefusalIsWaitedOutAlthoughAnotherAddressCannotBeOpened() throws IOException {
        List<Boolean> refusals = new ArrayList<>();
        try (RefusingPort refusing = new RefusingPort();
                Client client = client(provider, HASTY, recording(refusals), refusing.address(), NO_SOCKET)) {
            assertThrows(PortUnreachableException.class, () -> client.ask("ping"));
            assertEquals(List.of(true, true), refusals);
        }
    }

    private static RetryListener recording(List<Boolean> refusals) {
        return (refused, number, wait) -> refusals.add(refused);
    }
}
