package udp.it.diagram;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import udp.internal.trace.Call;
import udp.it.diagram.TracedDatagram.Fate;

/**
 * The search for the send of each datagram that was received: the last send before it with the same addresses and bytes.
 * Nothing in a datagram tells a retransmission from the original. So if several equal datagrams were sent, this is a
 * guess: two that arrive close to each other are a datagram and its duplicate; otherwise the first of them belongs to an
 * earlier send and is late.
 */
final class Matching {
    private record Kind(Side from, int fromPort, int toPort, String data) {
        static Kind of(TraceStep step) {
            int local = step.local().port();
            int peer = step.peer().port();
            String data = Arrays.toString(step.data());
            return step.isSend()
                    ? new Kind(step.side(), local, peer, data)
                    : new Kind(step.side().other(), peer, local, data);
        }
    }

    private final List<TraceStep> steps;
    private final Map<TraceStep, List<TraceStep>> arrivals = new LinkedHashMap<>(); // by send; the list may be empty
    private final List<TraceStep> strangers = new ArrayList<>();

    private Matching(List<TraceStep> steps) {
        this.steps = steps;
    }

    /** Returns all datagrams of steps in the order of their times. They are numbered in the order of their sending. */
    static List<TracedDatagram> of(List<TraceStep> steps) {
        return new Matching(steps).match();
    }

    private List<TracedDatagram> match() {
        steps.stream().filter(TraceStep::isSend).forEach(send -> arrivals.put(send, new ArrayList<>()));
        Map<Kind, List<TraceStep>> alike = steps.stream()
                .filter(step -> step.isSend() || step.isReceive())
                .collect(Collectors.groupingBy(Kind::of, LinkedHashMap::new, Collectors.toList()));
        alike.values().forEach(this::match);
        List<TraceStep> unmatched = List.copyOf(strangers);
        strangers.clear();
        unmatched.stream().sorted(Comparator.comparingLong(TraceStep::nanos)).forEach(this::matchAltered);
        return datagrams();
    }

    private void match(List<TraceStep> alike) {
        Deque<TraceStep> sends = new ArrayDeque<>(); // the last comes first
        for (TraceStep step : alike) {
            if (step.isSend()) {
                sends.push(step);
                continue;
            }
            TraceStep send =
                    sends.stream().filter(each -> fits(each, step)).findFirst().orElse(null);
            if (send == null) {
                strangers.add(step);
            } else {
                arrivals.get(send).add(step);
            }
        }
        moveToEarlier(alike.stream().filter(TraceStep::isSend).toList());
    }

    /** Moves the first of several arrivals of a send to an earlier send that has none. */
    private void moveToEarlier(List<TraceStep> sends) {
        Deque<TraceStep> missing = new ArrayDeque<>(); // the last comes first
        for (TraceStep send : sends) {
            List<TraceStep> here = arrivals.get(send);
            while (here.size() > 1 && !missing.isEmpty()) {
                long apart = here.get(1).nanos() - here.get(0).nanos();
                if (2 * apart < send.nanos() - missing.peek().nanos()) {
                    break; // the second arrival is a duplicate
                }
                arrivals.get(missing.pop()).add(here.remove(0));
            }
            if (here.isEmpty()) {
                missing.push(send);
            }
        }
    }

    /** Finds the send of a datagram that has a flipped bit, or lacks its end. */
    private void matchAltered(TraceStep received) {
        List<TraceStep> candidates = arrivals.keySet().stream()
                .filter(send -> send.nanos() <= received.nanos() && fits(send, received) && resembles(send, received))
                .toList();
        TraceStep send = candidates.stream()
                .filter(each -> arrivals.get(each).isEmpty())
                .reduce((first, last) -> last)
                .or(() -> candidates.stream().reduce((first, last) -> last))
                .orElse(null);
        if (send == null) {
            strangers.add(received);
        } else {
            arrivals.get(send).add(received);
        }
    }

    private static boolean fits(TraceStep send, TraceStep receive) {
        return send.side() != receive.side()
                && send.local().matches(receive.peer())
                && send.peer().matches(receive.local());
    }

    private static boolean resembles(TraceStep send, TraceStep receive) {
        int bits = 0;
        for (int i = 0; i < receive.data().length && i < send.data().length; i++) {
            bits += Integer.bitCount((send.data()[i] ^ receive.data()[i]) & 0xff);
        }
        return receive.data().length <= send.data().length && bits <= 1;
    }

    private List<TracedDatagram> datagrams() {
        List<TracedDatagram> all = new ArrayList<>();
        int number = 0;
        for (Map.Entry<TraceStep, List<TraceStep>> entry : arrivals.entrySet()) {
            number++;
            TraceStep send = entry.getKey();
            if (entry.getValue().isEmpty()) {
                all.add(new TracedDatagram(number, send, null, isSocketClosed(send) ? Fate.TOO_LATE : Fate.LOST));
            }
            Fate fate = null;
            for (TraceStep receive : entry.getValue()) {
                fate = fate != null ? Fate.DUPLICATE : fate(send, receive);
                all.add(new TracedDatagram(number, send, receive, fate));
            }
        }
        for (TraceStep stranger : strangers) {
            all.add(new TracedDatagram(++number, null, stranger, Fate.UNKNOWN));
        }
        return all;
    }

    private Fate fate(TraceStep send, TraceStep receive) {
        if (!Arrays.equals(send.data(), receive.data())) {
            return Fate.ALTERED;
        }
        return isGivenUp(send, receive) || isOvertaken(send, receive) ? Fate.LATE : Fate.DELIVERED;
    }

    /** Returns whether the client had stopped waiting before the datagram arrived. */
    private boolean isGivenUp(TraceStep send, TraceStep receive) {
        Endpoint client = send.side() == Side.CLIENT ? send.local() : send.peer();
        return during(send, receive)
                .anyMatch(step -> step.call() == Call.TIME_OUT && step.local().matches(client));
    }

    private boolean isOvertaken(TraceStep send, TraceStep receive) {
        return during(send, receive)
                .filter(TraceStep::isSend)
                .filter(later -> later.side() == send.side()
                        && later.local().matches(send.local())
                        && later.peer().matches(send.peer()))
                .flatMap(later -> arrivals.get(later).stream())
                .anyMatch(arrival -> arrival.nanos() < receive.nanos());
    }

    private Stream<TraceStep> during(TraceStep send, TraceStep receive) {
        return steps.stream()
                .dropWhile(step -> step.nanos() <= send.nanos())
                .takeWhile(step -> step.nanos() < receive.nanos());
    }

    private boolean isSocketClosed(TraceStep send) {
        return steps.stream()
                .takeWhile(step -> step.nanos() < send.nanos())
                .anyMatch(step -> step.call() == Call.CLOSE
                        && step.side() != send.side()
                        && step.local().matches(send.peer()));
    }
}
