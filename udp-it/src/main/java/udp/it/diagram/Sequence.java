package udp.it.diagram;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Predicate;
import udp.it.diagram.Arrow.Fate;

/**
 * The content of a diagram.
 *
 * @param lanes from left to right: clients, the network if there is a relay's trace, the server
 * @param moments from top to bottom, in the order of their times
 * @param arrows all ways of datagrams, duplicates included
 * @param hidden the number of datagrams that are not shown
 * @param own the number of steps of the server with itself, which are never shown
 */
record Sequence(List<Lane> lanes, List<Moment> moments, List<Arrow> arrows, long hidden, int own) {
    /**
     * A moment at a lane.
     *
     * @param lane the lane of the program whose step it is
     * @param step the step that happens
     * @param arrow the way of the datagram that leaves or arrives, or null
     */
    record Moment(Lane lane, TraceStep step, Arrow arrow) {
        boolean isDeparture() {
            return arrow != null && step == arrow.sent();
        }
    }

    static Sequence of(List<TraceStep> all) {
        List<TraceStep> steps =
                all.stream().filter(step -> !Lanes.isWithItself(step)).toList();
        Lanes lanes = new Lanes(steps);
        List<Arrow> arrows = new Arrows(lanes, steps).all();
        Map<TraceStep, Arrow> leaving = new HashMap<>();
        Map<TraceStep, Arrow> arriving = new HashMap<>();
        for (Arrow arrow : arrows) {
            if (arrow.sent() != null) {
                leaving.putIfAbsent(arrow.sent(), arrow);
            }
            if (arrow.received() != null) {
                arriving.put(arrow.received(), arrow);
            }
        }
        List<Moment> moments = new ArrayList<>();
        for (TraceStep step : steps) {
            moments.add(new Moment(lanes.of(step), step, step.isSend() ? leaving.get(step) : arriving.get(step)));
        }
        return new Sequence(lanes.all(), moments, arrows, 0, all.size() - steps.size());
    }

    /** Returns the part of the diagram with certain moments: their arrows, and their lanes. */
    Sequence filter(Predicate<Moment> isShown) {
        List<Moment> chosen = moments.stream().filter(isShown).toList();
        Set<Arrow> shown = new LinkedHashSet<>();
        Set<Lane> clients = new HashSet<>();
        for (Moment moment : chosen) {
            clients.add(moment.lane());
            if (moment.arrow() != null) {
                shown.add(moment.arrow());
                clients.addAll(List.of(moment.arrow().from(), moment.arrow().to()));
            }
        }
        boolean hasClient = clients.stream().anyMatch(lane -> lane.kind() == Lane.Kind.CLIENT);
        List<Lane> left = lanes.stream()
                .filter(lane -> lane.kind() != Lane.Kind.CLIENT || clients.contains(lane) || !hasClient)
                .toList();
        return new Sequence(left, chosen, List.copyOf(shown), hidden + ids(arrows) - ids(shown), own);
    }

    private static long ids(Collection<Arrow> arrows) {
        return arrows.stream().map(Arrow::id).distinct().count();
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    /** Returns the number of each fate, for example {@code 3 datagrams: 2 delivered, 1 lost}. */
    String summary() {
        Map<Fate, Integer> counts = new EnumMap<>(Fate.class);
        arrows.stream().filter(Arrow::isLast).forEach(arrow -> counts.merge(arrow.fate(), 1, Integer::sum));
        StringJoiner fates = new StringJoiner(", ", ": ", "").setEmptyValue("");
        counts.forEach((fate, number) -> fates.add(number + " " + fate));
        StringJoiner omitted = new StringJoiner(", ", "; not shown: ", "").setEmptyValue("");
        if (hidden > 0) {
            omitted.add(count(hidden, "datagram"));
        }
        if (own > 0) {
            omitted.add(count(own, "step") + " of the server with itself");
        }
        return count(ids(arrows), "datagram") + fates + omitted;
    }
}
