package udp.contract;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import udp.internal.trace.Call;
import udp.internal.trace.Step;

/**
 * What the running test has sent, received and started: if a program breaks a rule, its report shows the last of it. A JVM
 * that checks runs one test at a time.
 */
public final class Journal {
    private static final int MAX_STEPS = 100;
    private static final Deque<Step> PEERS = new ArrayDeque<>();
    private static final Deque<Step> NETWORK = new ArrayDeque<>();
    private static final Deque<Subprocess> PROGRAMS = new ArrayDeque<>();
    private static int dropped;
    private static boolean isStopped;

    private Journal() {}

    /** Forgets everything, as a test begins. */
    public static synchronized void begin() {
        isStopped = false;
        PROGRAMS.clear();
        forgetDatagrams();
    }

    /** Keeps what there is until the next test begins: what follows only looks for the cause of a failure. */
    public static synchronized void stop() {
        isStopped = true;
    }

    /** Forgets the datagrams so far, for example those that wait for a server's start. */
    public static synchronized void forgetDatagrams() {
        if (isStopped) {
            return;
        }
        PEERS.clear();
        NETWORK.clear();
        dropped = 0;
    }

    static synchronized void addProgram(Subprocess program) {
        if (isStopped) {
            return;
        }
        PROGRAMS.removeIf(earlier -> !earlier.isRunning());
        PROGRAMS.add(program);
        forgetDatagrams();
    }

    /** Adds what a peer did, in the name of no program yet. */
    static void addOfPeer(Call call, InetSocketAddress local, InetSocketAddress peer, byte[] bytes) {
        add(PEERS, step("", call, local, peer, bytes));
    }

    /**
     * Adds what the network between two programs did, with the name of the datagram and, if it enters, its fate; if it
     * leaves, why it does not, or null.
     */
    public static void addOfNetwork(
            Call call, InetSocketAddress local, InetSocketAddress peer, byte[] bytes, String name, String outcome) {
        Step step = step("udp-it proxy", call, local, peer, bytes);
        add(
                NETWORK,
                call == Call.RECVFROM
                        ? step.withDatagram(name, outcome)
                        : step.withDatagram(name, null).withFailure(outcome));
    }

    private static Step step(String program, Call call, InetSocketAddress local, InetSocketAddress peer, byte[] bytes) {
        return Step.of(Instant.now(), System.nanoTime(), program, call, "")
                .between(local, peer)
                .withData(bytes);
    }

    private static synchronized void add(Deque<Step> steps, Step step) {
        if (isStopped) {
            return;
        }
        steps.add(step);
        if (steps.size() > MAX_STEPS) {
            steps.remove();
            dropped++;
        }
    }

    /** Returns the steps of the network, or those of the kit's peers if there was none. */
    public static synchronized List<Step> steps() {
        return List.copyOf(NETWORK.isEmpty() ? PEERS : NETWORK);
    }

    /** Returns how many steps are older than those. */
    public static synchronized int dropped() {
        return dropped;
    }

    /** Returns the programs that the test has started last. */
    public static synchronized List<Subprocess> programs() {
        return List.copyOf(PROGRAMS);
    }
}
