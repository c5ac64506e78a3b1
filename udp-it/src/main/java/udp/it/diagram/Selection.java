package udp.it.diagram;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import udp.internal.cli.CommandLine;
import udp.internal.cli.Values;
import udp.internal.text.Printable;
import udp.internal.trace.Call;
import udp.it.diagram.Sequence.Moment;

/** The part of a diagram that the user asks for. */
final class Selection {
    private static final Set<Call> REPAIRS = Set.of(Call.TIME_OUT, Call.RETRANSMISSION);

    private Selection() {}

    static Sequence of(CommandLine line, Sequence all) {
        Sequence chosen = line.has("client") ? line.get("client", all, text -> client(all, text)) : all;
        chosen = line.has("only-lost") ? onlyHarmed(chosen) : chosen;
        int last = line.number("last", "a number of datagrams", 1, 999_999_999, 0);
        return last == 0 ? chosen : last(chosen, last);
    }

    /** Returns the steps with a client whose address, port or both are given. */
    private static Sequence client(Sequence all, String text) {
        String name = Values.name(text).replaceAll("%[^]]*|[\\[\\]]", ""); // An endpoint has no scope.
        Predicate<Endpoint> isMeant =
                endpoint -> Stream.of(endpoint.port(), endpoint.host(), endpoint.host() + ":" + endpoint.port())
                        .anyMatch(form -> form.toString().equals(name));
        Map<Moment, Endpoint> clients = Clients.of(all);
        Sequence chosen = all.filter(moment -> clients.containsKey(moment) && isMeant.test(clients.get(moment)));
        if (chosen.moments().isEmpty()) {
            List<Endpoint> known = all.lanes().stream()
                    .filter(lane -> lane.kind() == Lane.Kind.CLIENT)
                    .flatMap(lane -> lane.endpoints().stream())
                    .toList();
            String some = known.stream().limit(3).map(Endpoint::toString).collect(Collectors.joining(", "));
            throw new IllegalArgumentException("no trace has a client '" + Printable.line(text) + "'; there are " + some
                    + (known.size() > 3 ? ", ..." : ""));
        }
        return chosen;
    }

    /** Returns all ways of the datagrams that did not arrive in time, whole and once, and the tries to repair that. */
    private static Sequence onlyHarmed(Sequence all) {
        Set<Object> harmed = all.arrows().stream()
                .filter(arrow -> !arrow.fate().isUnharmed())
                .map(Arrow::id)
                .collect(Collectors.toSet());
        return all.filter(moment -> moment.arrow() != null
                ? harmed.contains(moment.arrow().id())
                : moment.step().hasFailed() || REPAIRS.contains(moment.step().call()));
    }

    /** Returns the last datagrams, and what the programs did from the first of them on. */
    private static Sequence last(Sequence all, int count) {
        Set<Object> ids = new HashSet<>();
        List<Moment> moments = all.moments();
        int first = moments.size();
        for (int i = moments.size() - 1; i >= 0 && ids.size() <= count; i--) {
            Arrow arrow = moments.get(i).arrow();
            if (arrow != null && (ids.size() < count || ids.contains(arrow.id()))) {
                ids.add(arrow.id());
                first = i;
            }
        }
        Set<Moment> shown = new HashSet<>(moments.subList(first, moments.size()));
        return all.filter(moment -> moment.arrow() == null
                ? shown.contains(moment)
                        && moment.lane().kind() != Lane.Kind.NETWORK // It closes a socket for each client.
                : ids.contains(moment.arrow().id()));
    }
}
