package udp.internal.jfr;

import java.net.InetSocketAddress;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** The client is about to send a request again. */
@Name("udp.Retransmission")
@Label("Retransmission")
@Description("The client is about to send a request again")
final class RetransmissionEvent extends PeerEvent {
    private static final RetransmissionEvent ANY = new RetransmissionEvent();

    @Label("Try")
    @Description("2 for the first retransmission")
    int number;

    private RetransmissionEvent() {}

    static void record(InetSocketAddress peer, int number) {
        if (ANY.isEnabled()) {
            RetransmissionEvent event = new RetransmissionEvent();
            event.setPeer(peer);
            event.number = number;
            event.commit();
        }
    }
}
