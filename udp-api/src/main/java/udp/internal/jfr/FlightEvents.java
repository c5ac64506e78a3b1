package udp.internal.jfr;

import java.net.InetSocketAddress;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import udp.internal.text.Printable;

/**
 * The events for JDK Flight Recorder. Until something in this JVM records, each method reads one boolean and returns:
 * loading a class of events registers it, which takes ten times as long as a short exchange.
 */
public final class FlightEvents {
    private FlightEvents() {}

    /** Records that a datagram was received from the peer. */
    public static void recordReceived(InetSocketAddress peer, int bytes) {
        if (FlightRecorder.isInitialized()) {
            Receive event = new Receive();
            event.bytes = bytes;
            event.commit(peer);
        }
    }

    /** Records that a datagram was sent to the peer. */
    public static void recordSent(InetSocketAddress peer, int bytes) {
        if (FlightRecorder.isInitialized()) {
            Send event = new Send();
            event.bytes = bytes;
            event.commit(peer);
        }
    }

    /** Records that the server does not reply to a datagram, with the reason as text. */
    public static void recordDropped(InetSocketAddress peer, int bytes, Object reason) {
        if (FlightRecorder.isInitialized()) {
            Drop event = new Drop();
            event.bytes = bytes;
            event.reason = reason.toString();
            event.commit(peer);
        }
    }

    /** Records that the client is about to send a request again, as the try of this number. */
    public static void recordRetransmission(InetSocketAddress peer, int number) {
        if (FlightRecorder.isInitialized()) {
            Retransmission event = new Retransmission();
            event.number = number;
            event.commit(peer);
        }
    }

    /** Begins an exchange. Returns its event for {@link #recordExchange}, or null if nothing records. */
    public static Object beginExchange() {
        if (FlightRecorder.isInitialized()) {
            Exchange event = new Exchange();
            event.begin();
            return event.isEnabled() ? event : null;
        }
        return null;
    }

    /** Records the end of an exchange, unless its event is null. The server does not know the tries and passes 0. */
    public static void recordExchange(Object begun, InetSocketAddress peer, boolean replied, int tries) {
        if (begun != null) {
            Exchange event = (Exchange) begun;
            event.replied = replied;
            event.tries = tries;
            event.commit(peer);
        }
    }

    @Category("UDP")
    @StackTrace(false) // The stack is always the same.
    private abstract static class PeerEvent extends Event {
        @Label("Address")
        String address;

        @Label("Port")
        int port;

        final void commit(InetSocketAddress peer) {
            if (shouldCommit()) {
                address = Printable.address(peer.getAddress());
                port = peer.getPort();
                commit();
            }
        }
    }

    @Name("udp.Receive")
    @Label("Datagram Received")
    @Description("A datagram was received")
    private static final class Receive extends PeerEvent {
        @Label("Size")
        @DataAmount
        int bytes;
    }

    @Name("udp.Send")
    @Label("Datagram Sent")
    @Description("A datagram was sent")
    private static final class Send extends PeerEvent {
        @Label("Size")
        @DataAmount
        int bytes;
    }

    @Name("udp.Drop")
    @Label("Datagram Dropped")
    @Description("The server does not reply to a datagram")
    private static final class Drop extends PeerEvent {
        @Label("Size")
        @DataAmount
        int bytes;

        @Label("Reason")
        String reason;
    }

    @Name("udp.Retransmission")
    @Label("Retransmission")
    @Description("The client is about to send a request again")
    private static final class Retransmission extends PeerEvent {
        @Label("Try")
        @Description("2 for the first retransmission")
        int number;
    }

    @Name("udp.Exchange")
    @Label("Exchange")
    @Description(
            "Client: from the first send to the reply or the end of all tries. Server: from a request to its reply")
    private static final class Exchange extends PeerEvent {
        @Label("Replied")
        boolean replied;

        @Label("Tries")
        @Description("How often the client has sent; 0 at the server, which cannot know")
        int tries;
    }
}
