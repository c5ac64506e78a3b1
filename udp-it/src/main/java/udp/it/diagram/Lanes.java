package udp.it.diagram;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import udp.internal.trace.Call;
import udp.it.diagram.Lane.Kind;

/** The lanes of a diagram, and which steps and addresses are on which. */
final class Lanes {
    private static final int MAX_UNTRACED = 6;
    private static final byte[] WAKE_UP = "udp-server: wake up".getBytes(US_ASCII);

    /** A lane in the making, of a trace or of clients that no trace is of. */
    private static final class Draft {
        final Kind kind;
        final Set<Endpoint> endpoints = new LinkedHashSet<>();
        long end; // of the life of its last endpoint
        Lane lane;

        Draft(Kind kind) {
            this.kind = kind;
        }
    }

    /** An address of a program that there is a trace of. */
    private record Owned(Endpoint endpoint, int source) {}

    private final Map<Integer, Draft> traced = new LinkedHashMap<>(); // by the number of the trace file
    private final Map<Integer, Set<Owned>> owned = new HashMap<>(); // by port
    private final Map<Endpoint, Draft> untraced = new HashMap<>();
    private final Set<Integer> fronts = new LinkedHashSet<>(); // the relay's ports for clients
    private final List<Lane> all = new ArrayList<>();
    private Draft network;
    private Draft server;

    /** Puts the steps, in the order of their times, on lanes. */
    Lanes(List<TraceStep> steps) {
        steps.forEach(this::addTraced);
        if (server == null) {
            server = new Draft(Kind.SERVER);
            steps.stream()
                    .filter(step -> step.peer() != null && isTowardsServer(step) && step.isSend())
                    .forEach(step -> server.endpoints.add(step.peer()));
        }
        List<Draft> clients = new ArrayList<>(traced.values());
        clients.removeIf(draft -> draft.kind != Kind.CLIENT);
        clients.addAll(placeUntraced(steps));
        for (Draft client : clients) {
            add(client, clients.size() == 1 ? "client" : "client " + (all.size() + 1));
        }
        if (network != null) {
            add(network, "network");
        }
        add(server, "server");
    }

    List<Lane> all() {
        return all;
    }

    /** Returns the lane of the program that made a step. */
    Lane of(TraceStep step) {
        return traced.get(step.source()).lane;
    }

    /** Returns the lane of the other side of a step that has a peer. */
    Lane peer(TraceStep step) {
        Draft client = untraced.get(step.peer());
        Draft owner = client != null ? client : owner(step);
        if (owner != null) {
            return owner.lane;
        }
        return step.kind() == Kind.CLIENT && network != null ? network.lane : server.lane;
    }

    /** Returns whether a step is that of a server which wakes its own threads by datagrams, to stop. */
    static boolean isWithItself(TraceStep step) {
        return step.kind() == Kind.SERVER
                && step.call() == Call.RECVFROM
                && step.data() != null
                && Arrays.equals(step.data(), WAKE_UP);
    }

    private void add(Draft draft, String title) {
        draft.lane = new Lane(all.size(), draft.kind, title, List.copyOf(draft.endpoints), traced.containsValue(draft));
        all.add(draft.lane);
    }

    private void addTraced(TraceStep step) {
        Draft draft = traced.computeIfAbsent(step.source(), source -> new Draft(step.kind()));
        network = draft.kind == Kind.NETWORK ? draft : network;
        server = draft.kind == Kind.SERVER ? draft : server;
        if (step.local() == null || step.call() == Call.BIND && step.kind() == Kind.CLIENT) {
            return; // connect() chooses the address
        }
        owned.computeIfAbsent(step.local().port(), port -> new LinkedHashSet<>())
                .add(new Owned(step.local(), step.source()));
        boolean isFront = step.kind() == Kind.NETWORK && (step.call() == Call.BIND || isOfClients(step));
        if (isFront) {
            fronts.add(step.local().port());
        }
        if (step.kind() != Kind.NETWORK || isFront) {
            draft.endpoints.add(step.local());
        }
    }

    /** Returns whether the relay has named this step's datagram, and exchanges it with a client. */
    private static boolean isOfClients(TraceStep step) {
        String name = step.step().datagram();
        return name != null && name.startsWith(step.call() == Call.RECVFROM ? "c" : "s");
    }

    private boolean isTowardsServer(TraceStep step) {
        return step.kind() == Kind.CLIENT && network == null
                || step.kind() == Kind.NETWORK && !fronts.contains(step.local().port());
    }

    private Draft owner(TraceStep step) {
        return owned.getOrDefault(step.peer().port(), Set.of()).stream()
                .filter(each ->
                        each.source() != step.source() && each.endpoint().matches(step.peer()))
                .map(each -> traced.get(each.source()))
                .findFirst()
                .orElse(null);
    }

    /** Puts clients that no trace is of on as few lanes as possible, so that the lives on a lane do not overlap. */
    private List<Draft> placeUntraced(List<TraceStep> steps) {
        Map<Endpoint, TraceStep> last = new LinkedHashMap<>(); // the client whose life begins first comes first
        Map<Endpoint, TraceStep> first = new HashMap<>();
        for (TraceStep step : steps) {
            boolean withClient = step.kind() != Kind.CLIENT && step.peer() != null && !isTowardsServer(step);
            if (withClient && owner(step) == null) {
                last.put(step.peer(), step);
                first.putIfAbsent(step.peer(), step);
            }
        }
        List<Draft> lanes = new ArrayList<>();
        last.forEach((endpoint, end) -> {
            long begin = first.get(endpoint).nanos();
            Draft free = lanes.stream()
                    .min(Comparator.comparingLong(lane -> lane.end))
                    .filter(lane -> lane.end < begin || lanes.size() == MAX_UNTRACED)
                    .orElse(null);
            if (free == null) {
                free = new Draft(Kind.CLIENT);
                lanes.add(free);
            }
            free.endpoints.add(endpoint);
            free.end = Math.max(free.end, end.nanos());
            untraced.put(endpoint, free);
        });
        return lanes;
    }
}
