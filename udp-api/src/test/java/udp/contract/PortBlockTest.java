package udp.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortBlockTest {
    private final InetAddress loopback = Peer.loopbacks().get(0);

    @Test
    void twoKitsHaveNoPortInCommon() throws IOException {
        PortBlock one = PortBlock.take();
        PortBlock two = PortBlock.take();
        Set<Integer> ports = new HashSet<>();
        for (int i = 1; i < PortBlock.SIZE; i++) {
            ports.add(one.next(loopback).getPort());
            ports.add(two.next(loopback).getPort());
        }
        assertEquals(2 * (PortBlock.SIZE - 1), ports.size());
    }

    @Test
    void aPortThatIsTakenIsLeftOutUntilNoneIsLeft() throws IOException {
        PortBlock block = PortBlock.take();
        List<Peer> taken = new ArrayList<>();
        try {
            for (int i = 1; i < PortBlock.SIZE; i++) {
                taken.add(new Peer(block.next(loopback)));
            }
            assertThrows(BindException.class, () -> block.next(loopback));
            InetSocketAddress free = taken.get(7).address();
            taken.get(7).close();
            assertEquals(free, block.next(loopback));
        } finally {
            taken.forEach(Peer::close);
        }
    }
}
