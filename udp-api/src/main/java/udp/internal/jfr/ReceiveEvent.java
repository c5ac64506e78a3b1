package udp.internal.jfr;

import java.net.InetSocketAddress;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A datagram was received. */
@Name("udp.Receive")
@Label("Datagram Received")
@Description("A datagram was received")
final class ReceiveEvent extends PeerEvent {
    private static final ReceiveEvent ANY = new ReceiveEvent();

    @Label("Size")
    @DataAmount
    int bytes;

    private ReceiveEvent() {}

    static void record(InetSocketAddress peer, int bytes) {
        if (ANY.isEnabled()) {
            ReceiveEvent event = new ReceiveEvent();
            event.setPeer(peer);
            event.bytes = bytes;
            event.commit();
        }
    }
}
