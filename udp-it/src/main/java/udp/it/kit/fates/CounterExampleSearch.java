package udp.it.kit.fates;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import udp.contract.KitAssertions;
import udp.it.kit.fates.NetworkedProgram.NetworkRun;
import udp.it.kit.fates.NetworkedProgram.SeenDatagram;

/**
 * The search for the smallest list of fates with which a program breaks a rule. Of the datagrams that the program was seen
 * to send and to get with fewer faults, each has each fate: networks that differ in datagrams that nobody sends are alike.
 */
final class CounterExampleSearch {
    /** How many datagrams of each side have fates. */
    static final int MAX_NUMBER = 4;

    private final NetworkedProgram program;
    private final IntConsumer progress;
    private int survived;

    /** Prepares a search that tells how many networks have been survived. */
    CounterExampleSearch(NetworkedProgram program, IntConsumer progress) {
        this.program = program;
        this.progress = progress;
    }

    int survived() {
        return survived;
    }

    /** Returns the first run, in the order of the lists, that breaks a rule again when it runs alone; null if none does. */
    NetworkRun search(int maxFaults) throws Exception {
        List<FateList> lists = List.of(FateList.NONE);
        Set<FateList> known = new HashSet<>(lists);
        for (int faults = 0; faults <= maxFaults && !lists.isEmpty(); faults++) {
            List<FateList> next = new ArrayList<>();
            NetworkRun broken = runAll(lists, next, known);
            if (broken != null) {
                return broken;
            }
            lists = next;
        }
        return null;
    }

    private NetworkRun runAll(List<FateList> lists, List<FateList> next, Set<FateList> known) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(program.maxAtOnce());
        try {
            List<Future<NetworkRun>> runs = new ArrayList<>();
            for (FateList list : lists) {
                runs.add(threads.submit(() -> program.run(list)));
            }
            for (Future<NetworkRun> future : runs) {
                NetworkRun run = result(future);
                if (run.violation() != null) {
                    threads.shutdownNow(); // The others stop, so that it runs alone.
                    threads.awaitTermination(KitAssertions.PATIENCE_SECONDS, TimeUnit.SECONDS);
                    NetworkRun alone = run.violation().isCertain() ? run : program.run(run.fates());
                    if (alone.violation() != null) {
                        return alone;
                    }
                    progress.accept(++survived);
                    addWithAnotherFault(alone, next, known);
                    return runAll(lists.subList(runs.indexOf(future) + 1, lists.size()), next, known);
                }
                progress.accept(++survived);
                addWithAnotherFault(run, next, known);
            }
            return null;
        } finally {
            threads.shutdownNow();
        }
    }

    private static NetworkRun result(Future<NetworkRun> run) throws Exception {
        try {
            return run.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception failure ? failure : e;
        }
    }

    private void addWithAnotherFault(NetworkRun run, List<FateList> next, Set<FateList> known) {
        for (SeenDatagram datagram : run.datagrams()) {
            boolean isFirst = FateList.number(datagram.name()) <= MAX_NUMBER;
            if (isFirst && !run.fates().fates().containsKey(datagram.name())) {
                for (String fate : program.fates(datagram)) {
                    FateList list = run.fates().with(datagram.name(), fate);
                    if (known.add(list)) {
                        next.add(list);
                    }
                }
            }
        }
    }
}
