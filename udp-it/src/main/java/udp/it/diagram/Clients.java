package udp.it.diagram;

import java.util.HashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Set;
import udp.internal.trace.Call;
import udp.it.diagram.Lane.Kind;
import udp.it.diagram.Sequence.Moment;

/** The search for the client that a moment belongs to. */
final class Clients {
    /** The steps of a client before its socket has an address. */
    private static final Set<Call> BEGINNINGS = Set.of(Call.GETADDRINFO, Call.SOCKET, Call.BIND);

    private final Map<String, Endpoint> byName = new HashMap<>(); // by the relay's name of a datagram
    private final Map<Endpoint, Endpoint> behind = new HashMap<>(); // by the relay's socket towards the server
    private final Map<Lane, Endpoint> near = new HashMap<>(); // the client of the last moment on a lane
    private final Map<Moment, Endpoint> clients = new HashMap<>();

    private Clients() {}

    /** Returns the client of each moment that has one. */
    static Map<Moment, Endpoint> of(Sequence sequence) {
        return new Clients().find(sequence.moments());
    }

    private Map<Moment, Endpoint> find(List<Moment> moments) {
        for (Moment moment : moments) {
            Arrow arrow = moment.arrow();
            Endpoint client = client(moment);
            if (arrow != null
                    && (arrow.from().kind() == Kind.CLIENT || arrow.to().kind() == Kind.CLIENT)) {
                TraceStep step = arrow.first();
                client = step.kind() == Kind.CLIENT ? step.local() : step.peer();
                byName.putIfAbsent(arrow.name(), client);
            } else if (moment.isDeparture() && byName.containsKey(arrow.name())) {
                client = byName.get(arrow.name());
                behind.put(moment.step().local(), client); // A port of the relay may serve another client later.
            }
            note(moment, client);
        }
        near.clear();
        for (ListIterator<Moment> i = moments.listIterator(moments.size()); i.hasPrevious(); ) {
            Moment moment = i.previous();
            boolean begins = moment.lane().kind() == Kind.CLIENT
                    && BEGINNINGS.contains(moment.step().call());
            note(moment, begins ? near.get(moment.lane()) : clients.get(moment));
        }
        return clients;
    }

    private Endpoint client(Moment moment) {
        TraceStep step = moment.step();
        return switch (step.kind()) {
            case CLIENT -> step.local() != null ? step.local() : near.get(moment.lane());
            case NETWORK -> behind.get(step.local());
            case SERVER -> behind.getOrDefault(step.peer(), step.peer());
        };
    }

    private void note(Moment moment, Endpoint client) {
        if (client != null) {
            clients.put(moment, client);
            near.put(moment.lane(), client);
        }
    }
}
