package udp.internal.jfr;

import java.net.InetSocketAddress;
import jdk.jfr.FlightRecorder;

/**
 * Records what happens in the loops. As long as nobody has recorded anything in this JVM, each method reads one boolean
 * and returns: to load a class of events registers it, which takes ten times as long as the whole of a short exchange.
 */
public final class FlightEvents {
    private FlightEvents() {}

    /**
     * A datagram was received.
     *
     * @param peer where it came from
     * @param bytes its size
     */
    public static void received(InetSocketAddress peer, int bytes) {
        if (FlightRecorder.isInitialized()) {
            ReceiveEvent.record(peer, bytes);
        }
    }

    /**
     * A datagram was sent.
     *
     * @param peer where it goes to
     * @param bytes its size
     */
    public static void sent(InetSocketAddress peer, int bytes) {
        if (FlightRecorder.isInitialized()) {
            SendEvent.record(peer, bytes);
        }
    }

    /**
     * The server did not answer a datagram.
     *
     * @param peer where it came from
     * @param bytes its size
     * @param reason why, as text
     */
    public static void dropped(InetSocketAddress peer, int bytes, Object reason) {
        if (FlightRecorder.isInitialized()) {
            DropEvent.record(peer, bytes, reason);
        }
    }

    /**
     * The client is about to send a request again.
     *
     * @param peer where it goes to
     * @param number which try it is, 2 for the first retransmission
     */
    public static void retransmission(InetSocketAddress peer, int number) {
        if (FlightRecorder.isInitialized()) {
            RetransmissionEvent.record(peer, number);
        }
    }

    /**
     * An exchange begins.
     *
     * @return for {@link #exchanged}; null if nobody records
     */
    public static Object exchange() {
        return FlightRecorder.isInitialized() ? ExchangeEvent.start() : null;
    }

    /**
     * An exchange has ended.
     *
     * @param begun what {@link #exchange} has returned, perhaps null
     * @param peer the other side
     * @param answered whether there was an answer
     * @param tries how often the client has sent, 0 at the server
     */
    public static void exchanged(Object begun, InetSocketAddress peer, boolean answered, int tries) {
        if (begun != null) {
            ExchangeEvent.record((ExchangeEvent) begun, peer, answered, tries);
        }
    }
}
