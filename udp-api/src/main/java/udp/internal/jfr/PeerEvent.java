package udp.internal.jfr;

import java.net.InetSocketAddress;
import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.StackTrace;
import udp.internal.text.Printable;

/** What concerns a peer. Without a stack trace, which is always the same. */
@Category("UDP")
@StackTrace(false)
abstract class PeerEvent extends Event {
    @Label("Address")
    String address;

    @Label("Port")
    int port;

    final void setPeer(InetSocketAddress peer) {
        address = Printable.address(peer.getAddress());
        port = peer.getPort();
    }
}
