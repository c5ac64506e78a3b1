package udp.it.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import udp.internal.cli.Shell;
import udp.it.command.CommandWords;
import udp.it.diagram.DiagramCommand;
import udp.test.TestShell;

/** Faults of one line in the client's exchange, the guards and the server's loop: an invariant finds each of them. */
@Tag("long") // The same on each JDK.
class MutantsTest {
    private static final Path CLIENT_SOURCES = Path.of("..", "udp-client/src/main/java/udp/client");
    private static final Path SERVER_SOURCES = Path.of("..", "udp-server/src/main/java/udp/server");
    private static final Pattern AGAIN = Pattern.compile("again: java -jar udp-it\\.jar simulate (.*)");

    private static final Logger LOG = Logger.getLogger("udp.server"); // Otherwise nobody keeps it.

    @BeforeAll
    static void silenceTheServer() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void letTheServerLog() {
        LOG.setLevel(null);
    }

    /** A line of a source, what a programmer may write instead, and the invariant that this breaks. */
    record Mutant(String source, String right, String wrong, Invariant broken) {}

    static final List<Mutant> CLIENT = List.of(
            mutant("RoundTrip", "if (server.equals(peer))", "if (peer != null)", Invariant.OWN_REPLY),
            mutant(
                    "RoundTrip",
                    "            if (server.equals(peer)) {",
                    "            deadline += peer == null || server.equals(peer) ? 0 : 300_000_000;\n if (server.equals(peer)) {",
                    Invariant.DOUBLED_WAITS),
            mutant("RoundTrip", "> 0) {", ">= 0) {", Invariant.NO_CRASH),
            mutant(
                    "RoundTrip",
                    "            transport.send(request.duplicate(), server);\n        } catch",
                    "            transport.send(request, server);\n        } catch",
                    Invariant.WHOLE_REQUEST),
            mutant("RoundTrip", "reply.clear()", "reply", Invariant.FIRST_REPLY),
            mutant("Client", "                servers.recordSilence();", "", Invariant.TRUE_REPORT),
            mutant("RetryPolicy", "1L << (number - 1)", "1L", Invariant.DOUBLED_WAITS),
            mutant("RetryPolicy", "1L << (number - 1)", "1L << number", Invariant.DOUBLED_WAITS),
            mutant("RetryPolicy", "1L << (number - 1)", "number", Invariant.END_IN_TIME),
            mutant("Client", "if (!isSent)", "if (true)", Invariant.TRIES),
            mutant("Client", "number == policy.tries()", "number > policy.tries()", Invariant.TRIES),
            mutant("Client", "number == policy.tries()", "number + 1 == policy.tries()", Invariant.TRIES),
            mutant("Client", "            sockets.release();", "", Invariant.CLOSED_SOCKET),
            mutant("Client", "servers.leaveSilent();", "sockets.release(); servers.leaveSilent();", Invariant.NEW_PORT),
            mutant("Client", "                servers.leaveSilent();", "", Invariant.NEXT_ADDRESS),
            mutant("Client", "            servers.recordReply();", "", Invariant.NEXT_ADDRESS),
            mutant("Client", "return awaitDespiteRefusals(request, deadline);", "return false;", Invariant.TRIES),
            mutant("Client", "        servers.moveToUsable();", "", Invariant.TRIES),
            mutant("Client", "reply.flip().order", "reply.position(0).order", Invariant.FIRST_REPLY),
            mutant("Client", "message = next.flip();", "message = next;", Invariant.WHOLE_REQUEST),
            mutant("ClientSockets", "unconnected ? null : server", "null", Invariant.CONNECTED),
            mutant("ClientSockets", "            current = null;", "", Invariant.TRIES),
            mutant("ClientSockets", "!current.server().equals(server)", "false", Invariant.NEXT_ADDRESS),
            mutant("Client", "deadline - sockets.nanoTime() > 0", "true", Invariant.TRIES),
            mutant(
                    "Client",
                    "                    deadline = sockets.nanoTime() + wait.toNanos();",
                    "",
                    Invariant.DOUBLED_WAITS),
            mutant("ServerAddresses", "tries == 1", "tries == 2", Invariant.TRUE_REPORT),
            mutant("Client", "sockets.nanoTime() - start", "start", Invariant.TRUE_REPORT),
            mutant("PortHistory", "i < MAX_PORTS &&", "i < 0 &&", Invariant.NEW_PORT),
            mutant("PortHistory", "occupied.add(transport);", "close(transport);", Invariant.NEW_PORT),
            mutant(
                    "PortHistory",
                    "        latest[oldest] = port;\n        remembered.set(port);",
                    "",
                    Invariant.NEW_PORT),
            mutant("ServerAddresses", "if (leave)", "if (!leave)", Invariant.TRIES),
            mutant(
                    "ServerAddresses",
                    "return problems.size() == addresses.size()",
                    "return true",
                    Invariant.TRUE_REPORT),
            mutant("ServerAddresses", "        problems.clear();", "", Invariant.NEXT_ADDRESS),
            mutant(
                    "ServerAddresses",
                    "        addresses.add(0, current);",
                    "addresses.add(current);",
                    Invariant.NEXT_ADDRESS));

    static final List<Mutant> SERVER = List.of(
            mutant("ReceiveLoop", "request.flip()", "request.position(0)", Invariant.ONE_REPLY),
            mutant(
                    "ReceiveLoop",
                    "return transport.receive(request.clear());",
                    "return transport.receive(request);",
                    Invariant.ONE_REPLY),
            mutant("ReceiveLoop", "reply.flip()", "reply.position(0)", Invariant.ONE_REPLY),
            mutant("ReceiveLoop", "reply.clear()", "reply", Invariant.ONE_REPLY),
            mutant("ReceiveLoop", "if (refusal != null)", "if (false)", Invariant.NO_FORBIDDEN_REPLY),
            mutant("ReceiveLoop", "if (outcome == Outcome.REPLY)", "if (true)", Invariant.ONE_REPLY),
            mutant("ReceiveLoop", "        guards.recordReply(peer, reply);", "", Invariant.LOOP_ENDS),
            mutant("ReceiveLoop", "            observer.recordReplied(peer, reply.limit());", "", Invariant.COUNTS),
            mutant("ReceiveLoop", "            observer.recordRefused(peer, refusal);", "", Invariant.COUNTS),
            mutant("ReceiveLoop", "            drain();", "", Invariant.DRAIN),
            mutant("ReceiveLoop", "        while (clock.nanoTime()", "        if (clock.nanoTime()", Invariant.DRAIN),
            mutant("ReceiveLoop", "clock.nanoTime() - end < 0", "true", Invariant.DRAIN),
            mutant(
                    "ReceiveLoop",
                    "            serve(peer);\n        }\n    }\n}",
                    "        }\n    }\n}",
                    Invariant.DRAIN),
            mutant("guard/LoopGuard", "with.run < RUN", "true", Invariant.LOOP_ENDS),
            mutant("guard/LoopGuard", "RUN = 150", "RUN = 50", Invariant.HONEST_CLIENT),
            mutant("guard/LoopGuard", "pause / FORGET_NANOS", "0", Invariant.HONEST_CLIENT),
            mutant("guard/LoopGuard", "        with.isTested = true;", "", Invariant.HONEST_CLIENT),
            mutant("guard/LoopGuard", "            with.run -= NOVELTY;", "with.run -= 100;", Invariant.LOOP_ENDS),
            mutant("guard/LoopGuard", "TRUST = 80", "TRUST = 400", Invariant.LOOP_ENDS),
            mutant("guard/LoopGuard", "LOOK - NOVELTY", "LOOK - 1", Invariant.LOOP_ENDS),
            mutant("guard/LoopGuard", "with.run >= LOOK &&", "", Invariant.LOOP_ENDS),
            mutant("guard/SourceFilter", " | 1L << 19", "", Invariant.NO_FORBIDDEN_REPLY),
            mutant("guard/SourceFilter", "1L | 1L << 7", "1L << 7", Invariant.ONE_REPLY),
            mutant("guard/SourceFilter", "first >= 240", "first > 240", Invariant.NO_FORBIDDEN_REPLY),
            mutant("guard/SourceFilter", "first == 0", "first < 0", Invariant.NO_FORBIDDEN_REPLY),
            mutant("guard/SourceFilter", "                    || isOwn(source)\n", "", Invariant.NO_FORBIDDEN_REPLY),
            mutant("guard/SourceFilter", "port < Long.SIZE &&", "", Invariant.ONE_REPLY),
            mutant(
                    "guard/Guards",
                    "if (sources.refuses(peer))",
                    "if (limit.allows(peer, now) && sources.refuses(peer))",
                    Invariant.RATE),
            mutant("guard/Guards", "if (!limit.allows(peer, now))", "if (false)", Invariant.RATE),
            mutant("guard/RateLimit", "next - now > SECOND", "next - now >= SECOND", Invariant.RATE),
            mutant("guard/RateLimit", "last - now < 0 ? now : last", "true ? now : last", Invariant.RATE),
            mutant("guard/RateLimit", "address.length == 4 ? 3 : 8", "address.length", Invariant.RATE));

    static List<Mutant> mutants() {
        return Stream.concat(CLIENT.stream(), SERVER.stream()).toList();
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void isFound(Mutant mutant) throws Exception {
        Path folder = CLIENT.contains(mutant) ? CLIENT_SOURCES : SERVER_SOURCES;
        String source = Files.readString(folder.resolve(mutant.source + ".java"));
        int at = source.indexOf(mutant.right);
        assertTrue(at >= 0 && at == source.lastIndexOf(mutant.right), "the source has it once");
        String changed = source.replace(mutant.right, mutant.wrong);
        String violation = violation(MutantLoader.of(mutant.source, changed), CLIENT.contains(mutant));
        assertNotNull(violation, "nothing was broken");
        assertEquals(mutant.broken + "", violation.replaceAll("\\).*", ")"), violation);
    }

    @Test
    void theCoreItselfBreaksNothing() {
        assertNull(AllFates.firstViolation());
    }

    /** The command finds a mutant by chance, makes the run small, draws it, and prints a command that shows it again. */
    @Test
    void theCommandShowsItAgain(@TempDir Path folder) throws Exception {
        String source = Files.readString(CLIENT_SOURCES.resolve("ClientSockets.java"));
        ClassLoader mutant = MutantLoader.of("ClientSockets", source.replace("unconnected ? null : server", "server"));
        Path trace = folder.resolve("run.jsonl");
        String found = simulate(
                mutant, "--exchanges 1000 --clients 2 --loss 0.3 --duplicate 0.2 --trace-file '" + trace + "'");
        assertTrue(found.startsWith("CONNECTED (a socket is connected"), found);
        Matcher again = AGAIN.matcher(found);
        assertTrue(again.find(), found);
        assertTrue(again.group().contains("--clients 1 --exchanges "), found);
        assertEquals(found, simulate(mutant, again.group(1)));
        TestShell diagram = new TestShell();
        assertEquals(0, DiagramCommand.run(diagram.shell(), List.of(trace.toString())), diagram::err);
        assertTrue(diagram.out().contains("--c1 0 B"), diagram::out);
    }

    private static String simulate(ClassLoader loader, String arguments) throws Exception {
        TestShell shell = new TestShell();
        Object status = loader.loadClass(SimulateCommand.class.getName())
                .getMethod("run", Shell.class, List.class)
                .invoke(null, shell.shell(), CommandWords.of(arguments));
        assertEquals(1, status, shell.err());
        return shell.out();
    }

    private static String violation(ClassLoader loader, boolean isClient) throws Exception {
        Method search = loader.loadClass(AllFates.class.getName())
                .getDeclaredMethod(isClient ? "firstOnNetwork" : "firstViolation");
        search.setAccessible(true);
        return (String) search.invoke(null);
    }

    private static Mutant mutant(String source, String right, String wrong, Invariant broken) {
        return new Mutant(source, right, wrong, broken);
    }
}
