package udp.it.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import udp.client.RetryPolicy;
import udp.it.simulation.Script.Fate;
import udp.it.simulation.Setup.Address;

/**
 * All networks of a depth: the number of datagrams, half of them from each side, that have each of five fates. The real client
 * and the real receive loop run on each.
 */
final class AllFates {
    private static final RetryPolicy THREE_TRIES = new RetryPolicy(Duration.ofSeconds(1), 3);
    private static final RetryPolicy TWO_TRIES = new RetryPolicy(Duration.ofSeconds(1), 2);
    private static final int FATES = 5;

    /** A setup, the depth that a build has time for, and how late a datagram is; the n-th is so many times as late as its wait is longer. */
    record Networks(int depth, Setup setup, Duration late) {
        /** Takes a setup in which late is later than the wait. */
        Networks(int depth, Setup setup) {
            this(depth, setup, setup.policy().timeout().multipliedBy(3).dividedBy(2));
        }
    }

    static final Map<String, Networks> ALL = all();

    private AllFates() {}

    private static Map<String, Networks> all() {
        Map<String, Networks> all = new LinkedHashMap<>();
        all.put("an exchange", new Networks(6, Setup.plain(THREE_TRIES)));
        all.put(
                "a session of three messages",
                new Networks(6, Setup.plain(TWO_TRIES).messages(3)));
        // Four fates decide all of the first exchange. Six take the longest of all setups, and told nothing more.
        all.put("exchanges in a row", new Networks(4, Setup.plain(TWO_TRIES).exchanges(3)));
        all.put(
                "empty requests among strangers",
                new Networks(4, Setup.plain(TWO_TRIES).exchanges(2).strangers(true)));
        all.put(
                "empty requests to a closed port",
                new Networks(2, Setup.plain(TWO_TRIES).strangers(true).addresses(Address.CLOSED_PORT)));
        all.put("a closed port", new Networks(4, Setup.plain(TWO_TRIES).addresses(Address.CLOSED_PORT)));
        all.put("a single try", new Networks(2, Setup.plain(new RetryPolicy(Duration.ofSeconds(1), 1))));
        for (Address first : Address.values()) {
            for (Address second : Address.values()) {
                Setup setup = Setup.plain(THREE_TRIES).exchanges(2).addresses(first, second);
                String name = "two addresses, " + first + " and " + second;
                all.put(name, new Networks(4, setup));
                all.put(
                        name + ", at the very end of the wait",
                        new Networks(4, setup, setup.policy().timeout()));
            }
        }
        all.put("two clients", new Networks(4, Setup.plain(TWO_TRIES).clients(2).exchanges(3)));
        all.put(
                "three clients",
                new Networks(4, Setup.plain(TWO_TRIES).clients(3).exchanges(3)));
        all.put(
                "sockets that open slowly",
                new Networks(4, Setup.plain(TWO_TRIES).opening(Duration.ofMillis(1_500))));
        all.put(
                "sockets that open slowly, and a closed port",
                new Networks(
                        4,
                        Setup.plain(TWO_TRIES)
                                .addresses(Address.CLOSED_PORT, Address.SERVER)
                                .opening(Duration.ofMillis(300))));
        return all;
    }

    /** A search for a network on which an invariant does not hold. */
    static final class Search {
        private final Setup setup;
        private final int depth;
        private final Duration late;
        private final List<Integer> choices = new ArrayList<>(); // the fates of datagrams, in the order of their sends
        private List<String> names = List.of(); // of these datagrams
        private long networks;
        private String violation;

        Search(Networks networks, int depth) {
            this.setup = networks.setup;
            this.late = networks.late;
            this.depth = depth;
        }

        /** Runs until a violation, or to the end. Networks that differ in datagrams that nobody sends are run once. */
        Search run() {
            do {
                Script script = script();
                Simulation simulation = new Simulation(setup, script.faults(0)).run();
                if (simulation.violations.broken() != null) {
                    violation = simulation.violations + ", with " + setup + " and the fates \"" + script + "\"";
                    return this;
                }
                names = simulation.sent.stream()
                        .filter(name -> number(name) <= depth / 2)
                        .toList();
                networks += (long) Math.pow(FATES, depth - names.size());
                while (choices.size() < names.size()) {
                    choices.add(0);
                }
            } while (goOn());
            return this;
        }

        /** Returns how many networks there were. */
        long networks() {
            return networks;
        }

        /** Returns the first violation, or null. */
        String violation() {
            return violation;
        }

        private Fate fate(int choice, String name) {
            return switch (choice) {
                case 1 -> Fate.LOSE;
                case 2 -> Fate.TWICE;
                case 3 -> Fate.late(late.multipliedBy(1L << number(name) - 1));
                default -> Fate.OVERTAKEN;
            };
        }

        private Script script() {
            Map<String, Fate> fates = new LinkedHashMap<>();
            for (int i = 0; i < choices.size(); i++) {
                if (choices.get(i) > 0) {
                    fates.put(names.get(i), fate(choices.get(i), names.get(i)));
                }
            }
            return new Script(fates);
        }

        /** Goes on to the next fate of the last datagram that has one. Returns whether there was one. */
        private boolean goOn() {
            int last = choices.size() - 1;
            while (last >= 0 && choices.get(last) == FATES - 1) {
                choices.remove(last--);
            }
            if (last >= 0) {
                choices.set(last, choices.get(last) + 1);
            }
            return last >= 0;
        }
    }

    private static int number(String name) {
        return Integer.parseInt(name.substring(1));
    }

    /** Returns the first violation of a server or on a network, or null. */
    static String firstViolation() {
        String ofServer = firstOfServer();
        return ofServer == null ? firstOnNetwork() : ofServer;
    }

    private static String firstOfServer() {
        for (String name : ServerScenarios.ALL.keySet()) {
            try {
                Violations violations = ServerScenarios.ALL.get(name).get();
                if (violations.broken() != null) {
                    return violations.toString();
                }
            } catch (RuntimeException | Error e) {
                return Invariant.NO_CRASH + ": " + name + ": " + e;
            }
        }
        return null;
    }

    /** Returns the first violation on a network, or null. The depth is small, so that a mutant is found soon. */
    static String firstOnNetwork() {
        for (int depth = 2; depth <= 4; depth += 2) {
            for (Networks networks : ALL.values()) {
                String violation = new Search(networks, depth).run().violation();
                if (violation != null) {
                    return violation;
                }
            }
        }
        return null;
    }
}
