package udp.it.diagram;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import udp.it.diagram.Arrow.Fate;

/**
 * The content of a diagram.
 *
 * @param lanes from left to right: clients, the network if there is a relay's trace, the server
 * @param moments from top to bottom, in the order of their times
 * @param arrows all ways of datagrams, duplicates included
 * @param omitted the number of steps of the server with itself, which are not shown
 */
record Sequence(List<Lane> lanes, List<Moment> moments, List<Arrow> arrows, int omitted) {
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
        return new Sequence(lanes.all(), moments, arrows, all.size() - steps.size());
    }

    /** Returns the number of each fate, for example {@code 3 datagrams: 2 delivered, 1 lost}. */
    String summary() {
        Map<Fate, Integer> fates = new EnumMap<>(Fate.class);
        arrows.stream().filter(Arrow::isLast).forEach(arrow -> fates.merge(arrow.fate(), 1, Integer::sum));
        long named = arrows.stream()
                .map(Arrow::name)
                .filter(name -> !name.isEmpty())
                .distinct()
                .count();
        long count =
                named + arrows.stream().filter(arrow -> arrow.name().isEmpty()).count();
        StringBuilder summary = new StringBuilder(count == 1 ? "1 datagram" : count + " datagrams");
        String separator = ": ";
        for (Map.Entry<Fate, Integer> entry : fates.entrySet()) {
            summary.append(separator).append(entry.getValue()).append(' ').append(entry.getKey());
            separator = ", ";
        }
        if (omitted > 0) {
            summary.append("; not shown: ").append(omitted).append(omitted == 1 ? " step" : " steps");
            summary.append(" of the server with itself");
        }
        return summary.toString();
    }
}
