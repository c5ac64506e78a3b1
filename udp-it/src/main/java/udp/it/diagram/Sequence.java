package udp.it.diagram;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import udp.internal.trace.Call;
import udp.it.diagram.TracedDatagram.Fate;

/**
 * The content of a diagram.
 *
 * @param moments from top to bottom, in the order of their times
 * @param datagrams all datagrams, duplicates included
 * @param omitted the number of steps of the server with other clients
 */
record Sequence(List<Moment> moments, List<TracedDatagram> datagrams, int omitted) {
    /**
     * A moment at one lifeline.
     *
     * @param step the step that happens
     * @param datagram the datagram that leaves or arrives, or null
     */
    record Moment(TraceStep step, TracedDatagram datagram) {
        boolean isDeparture() {
            return datagram != null && step == datagram.sent();
        }
    }

    static Sequence of(List<TraceStep> all) {
        List<Endpoint> clients = all.stream()
                .filter(step -> step.side() == Side.CLIENT && step.local() != null)
                .filter(step -> step.call() != Call.BIND) // connect() chooses the address
                .map(TraceStep::local)
                .distinct()
                .toList();
        List<TraceStep> steps = all.stream()
                .filter(step -> step.side() == Side.CLIENT
                        || step.peer() == null
                        || clients.stream().anyMatch(client -> client.matches(step.peer())))
                .toList();
        List<TracedDatagram> datagrams = Matching.of(steps);
        Map<TraceStep, TracedDatagram> leaving = new HashMap<>();
        Map<TraceStep, TracedDatagram> arriving = new HashMap<>();
        for (TracedDatagram datagram : datagrams) {
            if (datagram.sent() != null) {
                leaving.putIfAbsent(datagram.sent(), datagram);
            }
            if (datagram.received() != null) {
                arriving.put(datagram.received(), datagram);
            }
        }
        List<Moment> moments = new ArrayList<>();
        for (TraceStep step : steps) {
            moments.add(new Moment(step, step.isSend() ? leaving.get(step) : arriving.get(step)));
        }
        moments.sort(Comparator.comparingLong(moment -> moment.step().nanos()));
        return new Sequence(moments, datagrams, all.size() - steps.size());
    }

    /** Returns the number of each fate, for example {@code 3 datagrams: 2 delivered, 1 lost}. */
    String summary() {
        Map<Fate, Integer> fates = new EnumMap<>(Fate.class);
        datagrams.forEach(datagram -> fates.merge(datagram.fate(), 1, Integer::sum));
        long count =
                datagrams.stream().mapToInt(TracedDatagram::number).distinct().count();
        StringBuilder summary = new StringBuilder(count == 1 ? "1 datagram" : count + " datagrams");
        String separator = ": ";
        for (Map.Entry<Fate, Integer> entry : fates.entrySet()) {
            summary.append(separator).append(entry.getValue()).append(' ').append(entry.getKey());
            separator = ", ";
        }
        if (omitted > 0) {
            summary.append("; not shown: ").append(omitted).append(omitted == 1 ? " step" : " steps");
            summary.append(" of the server with other clients");
        }
        return summary.toString();
    }

    /** Returns the addresses of a side. A client has one for each of its sockets. */
    List<Endpoint> endpoints(Side side) {
        return moments.stream()
                .map(Moment::step)
                .filter(step -> step.side() == side
                        && step.local() != null
                        && (step.call() == Call.BIND && side == Side.SERVER
                                || step.call() == Call.CONNECT
                                || step.call() == Call.SENDTO))
                .map(TraceStep::local)
                .distinct()
                .toList();
    }
}
