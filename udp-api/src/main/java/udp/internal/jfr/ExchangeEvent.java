package udp.internal.jfr;

import java.net.InetSocketAddress;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** At the client, from the first send to the reply or the end of all tries; at the server, from a request to its answer. */
@Name("udp.Exchange")
@Label("Exchange")
@Description("Client: from the first send to the reply or the end of all tries. Server: from a request to its answer")
final class ExchangeEvent extends PeerEvent {
    private static final ExchangeEvent ANY = new ExchangeEvent();

    @Label("Answered")
    boolean answered;

    @Label("Tries")
    @Description("How often the client has sent; the server, which cannot know, has 0")
    int tries;

    private ExchangeEvent() {}

    static ExchangeEvent start() {
        if (!ANY.isEnabled()) {
            return null;
        }
        ExchangeEvent event = new ExchangeEvent();
        event.begin();
        return event;
    }

    static void record(ExchangeEvent event, InetSocketAddress peer, boolean answered, int tries) {
        event.setPeer(peer);
        event.answered = answered;
        event.tries = tries;
        event.commit();
    }
}
