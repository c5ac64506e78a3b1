package udp.it.simulation;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import udp.internal.fault.Chances;
import udp.internal.fault.Faults;
import udp.it.simulation.Script.Fate;

/** Draws scripts. Each datagram has one fate at most, so that a script can tell all that happens. */
final class DrawnScript {
    private static final int HALF_MILLI = 500_000;

    private DrawnScript() {}

    /** Returns fates for the first datagrams of each direction; datagrams that are not drawn for arrive. */
    static Script draw(Faults faults, int datagrams, long seed) {
        Random random = new Random(seed);
        random.nextInt(); // The first numbers of similar seeds are similar.
        Map<String, Fate> fates = new HashMap<>();
        for (int number = 1; number <= datagrams; number++) {
            put(fates, "c" + number, draw(faults.fromClients().chances(), random));
            put(fates, "s" + number, draw(faults.fromServer().chances(), random));
        }
        return new Script(fates);
    }

    private static void put(Map<String, Fate> fates, String name, Fate fate) {
        if (fate != null) {
            fates.put(name, fate);
        }
    }

    private static Fate draw(Chances chances, Random random) {
        double left = random.nextDouble();
        double part = random.nextDouble();
        if ((left -= chances.loss()) < 0) {
            return Fate.LOSE;
        }
        if ((left -= chances.duplicate()) < 0) {
            return Fate.TWICE;
        }
        if ((left -= chances.reorder()) < 0) {
            return Fate.OVERTAKEN;
        }
        if ((left -= chances.corrupt()) < 0) {
            return Fate.CORRUPT;
        }
        if (left - chances.truncate() < 0) {
            return Fate.TRUNCATE;
        }
        long min = chances.minDelay().toMillis();
        long millis = min + (long) (part * (chances.maxDelay().toMillis() - min));
        // Nothing comes at the very end of a wait: there, a client may go on before or after it.
        return millis == 0 ? null : Fate.late(Duration.ofMillis(millis).plusNanos(HALF_MILLI));
    }
}
