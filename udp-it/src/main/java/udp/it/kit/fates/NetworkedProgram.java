package udp.it.kit.fates;

import java.util.List;
import udp.contract.Rule;
import udp.internal.trace.Step;

/** A checked program, which is started anew on each network. Several threads may run it at the same time. */
interface NetworkedProgram {
    /** A datagram that was seen, and the delay that makes it late for its receiver. */
    record SeenDatagram(String name, long lateMillis) {}

    /** A rule that was broken, how, and whether it is certain, however busy the computer was. */
    record Violation(Rule rule, String sentence, boolean isCertain) {}

    /**
     * A run on a network.
     *
     * @param violation null if the program survived
     * @param errors the end of the program's standard error
     */
    record NetworkRun(
            FateList fates, List<SeenDatagram> datagrams, List<Step> steps, Violation violation, String errors) {}

    /** Runs the program once. */
    NetworkRun run(FateList fates) throws Exception;

    /** Returns the fates that a datagram may have, other than to arrive at once. */
    default List<String> fates(SeenDatagram datagram) {
        return List.of("lose", "twice", "late:" + datagram.lateMillis() + "ms");
    }

    /** Returns how many runs there may be at the same time. */
    int maxAtOnce();
}
