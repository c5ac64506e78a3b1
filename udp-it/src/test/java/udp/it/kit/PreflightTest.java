package udp.it.kit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import udp.contract.Peer;
import udp.contract.Subprocess;
import udp.it.kit.support.Preflight;
import udp.test.Loopback;

class PreflightTest {
    private static Subprocess sleep(String seconds) throws Exception {
        assumeTrue(Files.isReadable(Path.of("/proc/net/udp")), "This computer has no /proc/net/udp.");
        return Subprocess.start(List.of("sleep", seconds), new byte[0], Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void aPortThatAProgramHasEndsTheWait(String host) throws Exception {
        InetAddress loopback = Loopback.assumed(host);
        try (Subprocess program = sleep("10");
                Peer peer = new Peer(loopback)) {
            Preflight.awaitBound(peer.address().getPort(), program);
            assertTrue(program.isRunning());
        }
    }

    @Test
    void theEndOfTheProgramEndsTheWaitForItsPort() throws Exception {
        try (Subprocess program = sleep("0.2")) {
            Preflight.awaitBound(Peer.freePort(Peer.loopbacks().get(0)).getPort(), program);
            assertFalse(program.isRunning());
        }
    }
}
