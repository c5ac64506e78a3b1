package udp.it.kit.fates;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import udp.contract.Peer;
import udp.it.diagram.SmallDiagram;
import udp.it.kit.fates.ScriptedNetwork.Entered;

class ScriptedNetworkTest {
    @Test
    void eachDatagramHasItsFateAndIsKept() throws Exception {
        try (Peer client = Peer.onLoopback();
                Peer front = Peer.onLoopback();
                ScriptedNetwork network = new ScriptedNetwork(
                        front,
                        FateList.parse("s3=late:30ms c1=lose s2=twice").faults(),
                        request -> new String(request, UTF_8)
                                .toUpperCase(Locale.ROOT)
                                .getBytes(UTF_8))) {
            for (String request : new String[] {"a", "b", "c", "d"}) {
                client.send(request, front.address());
            }
            assertEquals("B", receive(client));
            assertEquals("C", receive(client));
            assertEquals("C", receive(client));
            assertEquals("D", receive(client));
            network.end();
            assertNull(client.receive(1));
            assertEquals(
                    "c1 lost, c2 delivered, c3 delivered, c4 delivered, s1 delivered, s2 twice, s3 late 30 ms",
                    String.join(
                            ", ",
                            Stream.concat(network.requests().stream(), network.replies().stream())
                                    .map(each -> each.name() + " " + each.fate())
                                    .toList()));
            Entered late = network.replies().get(2);
            assertEquals("c4", late.request().name());
            assertTrue(!late.isPrompt() && late.request().isPrompt());
            assertEquals(4, network.left().size());
            String diagram = SmallDiagram.of(network.steps());
            assertTrue(diagram.endsWith("7 datagrams: 5 delivered, 1 late, 1 duplicate, 1 lost\n"), diagram);
        }
    }

    private static String receive(Peer client) throws Exception {
        return new String(client.receive("a reply").bytes(), UTF_8);
    }
}
