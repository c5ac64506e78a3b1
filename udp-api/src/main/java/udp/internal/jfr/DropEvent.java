package udp.internal.jfr;

import java.net.InetSocketAddress;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** The server did not answer a datagram. */
@Name("udp.Drop")
@Label("Datagram Dropped")
@Description("The server did not answer a datagram")
final class DropEvent extends PeerEvent {
    private static final DropEvent ANY = new DropEvent();

    @Label("Size")
    @DataAmount
    int bytes;

    @Label("Reason")
    String reason;

    private DropEvent() {}

    static void record(InetSocketAddress peer, int bytes, Object reason) {
        if (ANY.isEnabled()) {
            DropEvent event = new DropEvent();
            event.setPeer(peer);
            event.bytes = bytes;
            event.reason = reason.toString();
            event.commit();
        }
    }
}
