package udp.it.diagram;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import udp.internal.trace.Call;
import udp.it.diagram.Arrow.Fate;
import udp.it.diagram.Lane.Kind;
import udp.it.diagram.Matching.Match;

/** The arrows of a diagram: what the matching found, with the fates and names that a relay knows. */
final class Arrows {
    private static final String DELIVERED = Fate.DELIVERED.toString();

    private final Lanes lanes;
    private final Map<String, String> fates = new HashMap<>(); // the relay's, by the name of the datagram
    private final Map<String, String> failures = new HashMap<>(); // why the relay could not pass it on
    private final Set<String> passedOn = new HashSet<>();
    private final List<Arrow> all = new ArrayList<>();

    Arrows(Lanes lanes, List<TraceStep> steps) {
        this.lanes = lanes;
        for (TraceStep step : steps) {
            String name = step.step().datagram();
            if (step.kind() == Kind.NETWORK && name != null) {
                if (step.step().fate() != null) {
                    fates.put(name, step.step().fate());
                }
                if (step.isSend()) {
                    passedOn.add(name);
                } else if (step.call() == Call.SENDTO) {
                    failures.put(name, step.step().failure());
                }
            }
        }
        Set<String> left = new HashSet<>();
        for (Match match : Matching.of(steps)) {
            TraceStep relay =
                    isRelay(match.received()) ? match.received() : isRelay(match.sent()) ? match.sent() : null;
            if (relay == null) {
                all.add(guessed(match));
            } else if (relay.isReceive()) {
                all.add(arrived(match));
            } else {
                boolean again = match.fate() != Fate.DUPLICATE && !left.add(name(relay));
                all.add(left(match, again));
            }
        }
    }

    List<Arrow> all() {
        return all;
    }

    private static boolean isRelay(TraceStep step) {
        return step != null && step.kind() == Kind.NETWORK;
    }

    private Arrow guessed(Match match) {
        Fate fate = match.fate();
        if (match.received() == null && !lanes.peer(match.sent()).isTraced()) {
            fate = Fate.SENT;
        } else if (match.sent() == null && !lanes.peer(match.received()).isTraced()) {
            fate = Fate.DELIVERED;
        }
        return arrow("#" + match.number(), match, fate, fate.toString());
    }

    /** Returns the arrow of a datagram that arrived at the relay. */
    private Arrow arrived(Match match) {
        String name = name(match.received());
        String words = match.received().step().fate();
        words = words == null ? DELIVERED : words;
        Fate fate = Fate.ofWords(words);
        if (!fate.isEnd() && !passedOn.contains(name)) {
            String failure = failures.get(name);
            return arrow(
                    name,
                    match,
                    Fate.LOST,
                    failure == null ? words + ", still waiting at the end" : "not passed on: " + failure);
        }
        return arrow(name, match, fate, words);
    }

    /** Returns the arrow of a datagram that left the relay, perhaps as the second copy. */
    private Arrow left(Match match, boolean again) {
        String name = name(match.sent());
        boolean isLost = match.received() == null && lanes.peer(match.sent()).isTraced();
        if (isLost || match.fate() == Fate.DUPLICATE) {
            return arrow(name, match, match.fate(), match.fate().toString());
        }
        if (again) {
            return arrow(name, match, Fate.DUPLICATE, Fate.DUPLICATE.toString());
        }
        String words = fates.getOrDefault(name, DELIVERED).replaceFirst("^twice(, )?", "");
        words = words.isEmpty() ? DELIVERED : words;
        return arrow(name, match, Fate.ofWords(words), words);
    }

    private Arrow arrow(String name, Match match, Fate fate, String words) {
        TraceStep sent = match.sent();
        TraceStep received = match.received();
        Lane from = sent != null ? lanes.of(sent) : lanes.peer(received);
        Lane to = received != null ? lanes.of(received) : lanes.peer(sent);
        return new Arrow(name, from, to, sent, received, fate, words);
    }

    private static String name(TraceStep relay) {
        String name = relay.step().datagram();
        return name == null ? "" : name;
    }
}
