package udp.it.diagram;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import udp.internal.trace.Call;
import udp.it.diagram.Arrow.Fate;

/**
 * The search for the send of each datagram that was received: the last send before it with the same addresses and bytes.
 * Nothing in a datagram tells a retransmission from the original. So if several equal datagrams were sent, this is a
 * guess: two that arrive close to each other are a datagram and its duplicate; otherwise the first of them belongs to an
 * earlier send and is late.
 *
 * <p>Between a program and a relay, equal datagrams arrive in the order of their sends. This is a guess only if the program
 * has faults itself.
 */
final class Matching {
    /**
     * A datagram, or a duplicate of it.
     *
     * @param number the same for a datagram and its duplicates
     * @param sent the step that sent it, or null if no trace has that
     * @param received the step that received it, or null if no trace has that
     */
    record Match(int number, TraceStep sent, TraceStep received, Fate fate) {}

    /** The way of datagrams between two sockets, as far as their ports tell. */
    private record Way(int fromPort, int toPort) {
        static Way of(TraceStep step) {
            int local = step.local().port();
            int peer = step.peer().port();
            return step.isSend() ? new Way(local, peer) : new Way(peer, local);
        }
    }

    private record Flow(int source, Endpoint local, Endpoint peer) {
        static Flow of(TraceStep send) {
            return new Flow(send.source(), send.local(), send.peer());
        }
    }

    /** What a datagram between two programs of a machine may wait until it is received. */
    private static final long MAX_QUEUED_NANOS = 50_000_000;

    /** The sends that are compared with an arrival: a trace of somebody else must not take the square of its length. */
    private static final int MAX_CANDIDATES = 1000;

    private final Map<TraceStep, List<TraceStep>> arrivals = new LinkedHashMap<>(); // by send; the list may be empty
    private final Set<TraceStep> unmatched = new HashSet<>(); // No equal datagram was sent.
    private final List<TraceStep> strangers = new ArrayList<>();
    private final Map<Integer, List<TraceStep>> ends = new HashMap<>(); // time-outs and closings, by port
    private final Map<TraceStep, Long> overtaking = new HashMap<>(); // when a datagram arrives that was sent later

    private Matching() {}

    /** Returns all datagrams of steps in the order of their times. They are numbered in the order of their sending. */
    static List<Match> of(List<TraceStep> steps) {
        return new Matching().match(steps);
    }

    private List<Match> match(List<TraceStep> steps) {
        Map<Way, List<TraceStep>> ways = new LinkedHashMap<>();
        for (TraceStep step : steps) {
            if (step.isSend()) {
                arrivals.put(step, new ArrayList<>());
            }
            if (step.isSend() || step.isReceive()) {
                ways.computeIfAbsent(Way.of(step), way -> new ArrayList<>()).add(step);
            } else if (step.local() != null && (step.call() == Call.TIME_OUT || step.call() == Call.CLOSE)) {
                ends.computeIfAbsent(step.local().port(), port -> new ArrayList<>())
                        .add(step);
            }
        }
        ways.values().forEach(this::matchWay);
        noteOvertaking();
        return datagrams();
    }

    private void matchWay(List<TraceStep> way) {
        List<TraceStep> inOrder = way.stream().filter(TraceStep::isSend).toList();
        List<TraceStep> receives = way.stream().filter(TraceStep::isReceive).toList();
        boolean hasRelay = way.stream().anyMatch(step -> step.kind() == Lane.Kind.NETWORK);
        if (hasRelay && isOrdered(inOrder, receives)) {
            for (int i = 0; i < receives.size(); i++) {
                arrivals.get(inOrder.get(i)).add(receives.get(i));
            }
            return;
        }
        way.stream()
                .collect(Collectors.groupingBy(
                        step -> ByteBuffer.wrap(step.data()), LinkedHashMap::new, Collectors.toList()))
                .values()
                .forEach(hasRelay ? this::matchInOrder : this::matchLatest);
        Deque<TraceStep> sends = new ArrayDeque<>(); // the last comes first
        for (TraceStep step : way) {
            if (step.isSend()) {
                sends.push(step);
            } else if (unmatched.contains(step)) {
                matchAltered(step, sends, hasRelay);
            }
        }
    }

    /** Returns whether the n-th send may be the n-th arrival, for all arrivals. */
    private static boolean isOrdered(List<TraceStep> sends, List<TraceStep> receives) {
        boolean isOrdered = receives.size() <= sends.size();
        for (int i = 0; isOrdered && i < receives.size(); i++) {
            TraceStep send = sends.get(i);
            TraceStep receive = receives.get(i);
            long travel = receive.nanos() - send.nanos();
            boolean isLost = travel > MAX_QUEUED_NANOS && sends.size() > receives.size();
            isOrdered = fits(send, receive) && Arrays.equals(send.data(), receive.data()) && travel >= 0 && !isLost;
        }
        return isOrdered;
    }

    /** Matches equal datagrams with the first send that waits for its arrival, or else with the last that came too late or before. */
    private void matchInOrder(List<TraceStep> alike) {
        Deque<TraceStep> waiting = new ArrayDeque<>();
        TraceStep last = null; // lost or late, or else the last that arrived: it may come twice
        for (TraceStep step : alike) {
            if (step.isSend()) {
                waiting.add(step);
                continue;
            }
            while (!waiting.isEmpty() && step.nanos() - waiting.peek().nanos() > MAX_QUEUED_NANOS) {
                last = waiting.remove();
            }
            TraceStep send = first(waiting, step);
            if (send != null) {
                waiting.remove(send);
                last = send;
            }
            if (last != null && fits(last, step)) {
                arrivals.get(last).add(step);
            } else {
                unmatched.add(step);
            }
        }
    }

    /** Matches equal datagrams with the latest send before their arrival. */
    private void matchLatest(List<TraceStep> alike) {
        Deque<TraceStep> sends = new ArrayDeque<>(); // the last comes first
        for (TraceStep step : alike) {
            if (step.isSend()) {
                sends.push(step);
                continue;
            }
            TraceStep send = first(sends, step);
            if (send == null) {
                unmatched.add(step);
            } else {
                arrivals.get(send).add(step);
            }
        }
        moveToEarlier(alike.stream().filter(TraceStep::isSend).toList());
    }

    private static TraceStep first(Deque<TraceStep> sends, TraceStep receive) {
        return sends.stream()
                .limit(MAX_CANDIDATES)
                .filter(send -> fits(send, receive))
                .findFirst()
                .orElse(null);
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

    /** Finds the send of a datagram that has a flipped bit, or lacks its end: best the last that did not arrive. */
    private void matchAltered(TraceStep received, Deque<TraceStep> sends, boolean hasRelay) {
        List<TraceStep> alike = sends.stream()
                .limit(MAX_CANDIDATES)
                .filter(send -> fits(send, received) && resembles(send, received))
                .toList();
        TraceStep other = hasRelay || alike.isEmpty() ? null : alike.get(0);
        TraceStep best = alike.stream()
                .filter(send -> arrivals.get(send).isEmpty())
                .findFirst()
                .orElse(other);
        if (best == null) {
            strangers.add(received);
        } else {
            arrivals.get(best).add(received);
        }
    }

    private static boolean fits(TraceStep send, TraceStep receive) {
        return send.source() != receive.source()
                && send.local().matches(receive.peer())
                && send.peer().matches(receive.local());
    }

    private static boolean resembles(TraceStep send, TraceStep receive) {
        byte[] before = send.data();
        byte[] after = receive.data();
        int bits = 0;
        for (int i = 0; i < after.length && i < before.length && bits <= 1; i++) {
            bits += Integer.bitCount((before[i] ^ after[i]) & 0xff);
        }
        return after.length <= before.length && bits <= 1;
    }

    /** Notes for each send when the first of the later sends to the same peer arrives. */
    private void noteOvertaking() {
        Map<Flow, Long> first = new HashMap<>();
        List<TraceStep> sends = List.copyOf(arrivals.keySet());
        for (ListIterator<TraceStep> i = sends.listIterator(sends.size()); i.hasPrevious(); ) {
            TraceStep send = i.previous();
            long later = first.getOrDefault(Flow.of(send), Long.MAX_VALUE);
            overtaking.put(send, later);
            long here = arrivals.get(send).stream()
                    .mapToLong(TraceStep::nanos)
                    .min()
                    .orElse(Long.MAX_VALUE);
            first.put(Flow.of(send), Math.min(here, later));
        }
    }

    private List<Match> datagrams() {
        List<Match> all = new ArrayList<>();
        int number = 0;
        for (Map.Entry<TraceStep, List<TraceStep>> entry : arrivals.entrySet()) {
            number++;
            TraceStep send = entry.getKey();
            if (entry.getValue().isEmpty()) {
                all.add(new Match(number, send, null, isSocketClosed(send) ? Fate.TOO_LATE : Fate.LOST));
            }
            Fate fate = null;
            for (TraceStep receive : entry.getValue()) {
                fate = fate != null ? Fate.DUPLICATE : fate(send, receive);
                all.add(new Match(number, send, receive, fate));
            }
        }
        strangers.sort(Comparator.comparingLong(TraceStep::nanos));
        for (TraceStep stranger : strangers) {
            all.add(new Match(++number, null, stranger, Fate.UNKNOWN));
        }
        return all;
    }

    private Fate fate(TraceStep send, TraceStep receive) {
        if (!Arrays.equals(send.data(), receive.data())) {
            return Fate.ALTERED;
        }
        return isGivenUp(send, receive) || overtaking.get(send) < receive.nanos() ? Fate.LATE : Fate.DELIVERED;
    }

    /** Returns whether the client had stopped waiting before the datagram arrived. */
    private boolean isGivenUp(TraceStep send, TraceStep receive) {
        Endpoint client = send.kind() == Lane.Kind.CLIENT ? send.local() : send.peer();
        return endsOf(client).stream()
                .anyMatch(step -> step.call() == Call.TIME_OUT
                        && step.nanos() > send.nanos()
                        && step.nanos() < receive.nanos()
                        && step.local().matches(client));
    }

    private boolean isSocketClosed(TraceStep send) {
        return endsOf(send.peer()).stream()
                .anyMatch(step -> step.call() == Call.CLOSE
                        && step.nanos() < send.nanos()
                        && step.source() != send.source()
                        && step.local().matches(send.peer()));
    }

    private Collection<TraceStep> endsOf(Endpoint socket) {
        return ends.getOrDefault(socket.port(), List.of());
    }
}
