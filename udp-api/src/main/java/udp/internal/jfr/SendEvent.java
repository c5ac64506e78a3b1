package udp.internal.jfr;

import java.net.InetSocketAddress;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A datagram was sent. */
@Name("udp.Send")
@Label("Datagram Sent")
@Description("A datagram was sent")
final class SendEvent extends PeerEvent {
    private static final SendEvent ANY = new SendEvent();

    @Label("Size")
    @DataAmount
    int bytes;

    private SendEvent() {}

    static void record(InetSocketAddress peer, int bytes) {
        if (ANY.isEnabled()) {
            SendEvent event = new SendEvent();
            event.setPeer(peer);
            event.bytes = bytes;
            event.commit();
        }
    }
}
