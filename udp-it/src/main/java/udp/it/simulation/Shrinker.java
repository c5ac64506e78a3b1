package udp.it.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongFunction;
import udp.it.simulation.Script.Fate;

/** Looks for a small run that breaks the same invariant as a large run. */
final class Shrinker {
    private static final int SEARCHED = 3_000; // runs of each size

    private Setup setup;
    private Script script;
    private Simulation failing;

    Shrinker(Setup setup, Script script, Simulation failing) {
        this.setup = setup;
        this.script = script;
        this.failing = failing;
    }

    Setup setup() {
        return setup;
    }

    Script script() {
        return script;
    }

    Simulation failing() {
        return failing;
    }

    /** Looks for a run of a few exchanges with other fates: to take parts of a long run away changes all that follows. */
    Shrinker search(LongFunction<Script> scripts) {
        for (int size = 1; size < setup.exchanges() && size <= 8; size *= 2) {
            for (int clients = 1; clients <= Math.min(size, setup.clients()); clients++) {
                for (long seed = setup.seed(); seed < setup.seed() + SEARCHED; seed++) {
                    if (fails(Setup.mixed(clients, size, setup.policy(), seed), scripts.apply(seed))) {
                        return this;
                    }
                }
            }
        }
        return this;
    }

    /** Takes away what the violation does not need: clients, exchanges, fates. */
    Shrinker shrink() {
        Map<String, Fate> met = new HashMap<>(script.fates());
        met.keySet().retainAll(failing.sent);
        script = new Script(met);
        int before;
        do {
            before = size();
            for (int clients = 1; clients < setup.clients() && !fails(setup.clients(clients), script); clients++) {}
            for (int number = 1; number < setup.exchanges() && !fails(setup.exchanges(number), script); number++) {}
            for (String name : new ArrayList<>(script.fates().keySet())) {
                fails(setup, script.without(name));
            }
        } while (size() < before);
        return this;
    }

    private int size() {
        return setup.clients() + setup.exchanges() + script.fates().size();
    }

    /** Returns whether another run breaks the same invariant; if so, goes on with that run. */
    private boolean fails(Setup otherSetup, Script otherScript) {
        Simulation simulation = new Simulation(otherSetup, otherScript.faults(0)).run();
        if (simulation.violations.broken() != failing.violations.broken()) {
            return false;
        }
        setup = otherSetup;
        script = otherScript;
        failing = simulation;
        return true;
    }
}
