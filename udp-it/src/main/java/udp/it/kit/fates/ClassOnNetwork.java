package udp.it.kit.fates;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.net.URL;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import udp.api.spi.TransportProvider;
import udp.contract.KitAssertions;
import udp.contract.Rule;
import udp.it.simulation.AskSimulation;
import udp.it.simulation.AskSimulation.Asker;
import udp.it.simulation.Invariant;

/** A client's class, written against {@code Transport}, on networks without sockets. Their time is virtual. */
public final class ClassOnNetwork implements NetworkedProgram {
    private static final int MAX_SECONDS = 10; // of real time; a run takes less than a millisecond
    private static final int LATE_MILLIS = 1500; // longer than the first wait; of the next datagram, twice as long
    private static final Pattern REAL_TIME = Pattern.compile("// java/[a-z/]+/(Thread\\.sleep|TimeUnit\\.sleep"
            + "|LockSupport\\.parkNanos|System\\.nanoTime|System\\.currentTimeMillis|Instant\\.now):");

    private final Class<?> type;
    private final Constructor<?> constructor;
    private final Method ask;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(this::thread);
    private Thread checked; // the thread of the class
    private final String realTime; // the method that waits or tells the time in the class; null if there is none

    /** Loads a class, which needs a constructor for server, sockets and clock, and a method {@code byte[] ask(byte[])}. */
    public ClassOnNetwork(String name) {
        String expected = name + "(InetSocketAddress, TransportProvider, LongSupplier)";
        try {
            type = Class.forName(name, false, Thread.currentThread().getContextClassLoader());
            constructor =
                    type.getDeclaredConstructor(InetSocketAddress.class, TransportProvider.class, LongSupplier.class);
            constructor.setAccessible(true);
            expected = "byte[] ask(byte[])";
            ask = type.getDeclaredMethod("ask", byte[].class);
            ask.setAccessible(true);
            if (ask.getReturnType() != byte[].class) {
                throw new NoSuchMethodException();
            }
            realTime = Stream.concat(Stream.of(type), Stream.of(type.getDeclaredClasses()))
                    .map(ClassOnNetwork::realTime)
                    .filter(method -> method != null)
                    .findFirst()
                    .orElse(null);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("there is no class " + name + " on this class path", e);
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException("class " + name + " has no " + expected, e);
        } catch (LinkageError | RuntimeException e) {
            throw new IllegalArgumentException("class " + name + " cannot be loaded: " + e, e);
        }
    }

    /** Returns the first method in the byte code of a class that waits or tells the time, or null. */
    private static String realTime(Class<?> type) {
        URL file = type.getResource(type.getName().replaceAll(".*\\.", "") + ".class");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, false, UTF_8);
        ToolProvider.findFirst("javap").ifPresent(javap -> javap.run(out, out, "-v", "-p", String.valueOf(file)));
        Matcher found = REAL_TIME.matcher(bytes.toString(UTF_8));
        return found.find() ? found.group(1) : null;
    }

    private Thread thread(Runnable task) {
        checked = new Thread(task, "checked class");
        checked.setDaemon(true);
        return checked;
    }

    @Override
    public int maxAtOnce() {
        return 1;
    }

    @Override
    public List<String> fates(SeenDatagram datagram) {
        return Stream.concat(NetworkedProgram.super.fates(datagram).stream(), Stream.of("overtaken"))
                .toList();
    }

    @Override
    public NetworkRun run(FateList fates) throws Exception {
        if (realTime != null) {
            return broken(
                    fates, Rule.C12, "expected waits in receive, and the given clock, but the class has " + realTime);
        }
        try {
            return thread.submit(() -> runToEnd(fates)).get(MAX_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            String place = place(checked.getStackTrace());
            return broken(
                    fates, Rule.C14, "expected an end, but after " + MAX_SECONDS + " s ask was still running" + place);
        }
    }

    private static NetworkRun broken(FateList fates, Rule rule, String sentence) {
        return new NetworkRun(fates, List.of(), List.of(), new Violation(rule, sentence, true), "");
    }

    private NetworkRun runToEnd(FateList fates) {
        AskSimulation run = new AskSimulation(this::make, fates.faults(), false).run();
        List<SeenDatagram> seen = run.sent().stream().map(ClassOnNetwork::seen).toList();
        boolean hasStrangers = run.broken() == null;
        if (hasStrangers) {
            run = new AskSimulation(this::make, fates.faults(), true).run();
        }
        if (run.broken() == null) {
            return new NetworkRun(fates, seen, List.of(), null, "");
        }
        Violation violation = new Violation(rule(run.broken(), hasStrangers), run.violation(), true);
        return new NetworkRun(fates, seen, run.steps(), violation, "");
    }

    private static SeenDatagram seen(String name) {
        return new SeenDatagram(name, (long) LATE_MILLIS << FateList.number(name) - 1);
    }

    private static Rule rule(Invariant broken, boolean hasStrangers) {
        return switch (broken) {
            case OWN_REPLY -> hasStrangers ? Rule.C11 : Rule.C13;
            case FIRST_REPLY -> hasStrangers ? Rule.C11 : Rule.C17;
            case TRIES, DOUBLED_WAITS, NEW_PORT -> hasStrangers ? Rule.C15 : Rule.C12;
            default -> hasStrangers ? Rule.C15 : Rule.C14;
        };
    }

    private Asker make(InetSocketAddress server, TransportProvider transports, LongSupplier nanoTime) {
        Object client = call(() -> constructor.newInstance(server, transports, nanoTime));
        return request -> (byte[]) call(() -> ask.invoke(client, request));
    }

    private Object call(Callable<Object> code) {
        try {
            return code.call();
        } catch (Throwable e) {
            Throwable thrown = e instanceof InvocationTargetException ? e.getCause() : e;
            String kind = thrown.getClass().getSimpleName();
            String message = KitAssertions.failure(thrown);
            String failure = kind + (message.equals(kind) ? "" : ": " + message);
            throw new IllegalStateException("there was " + failure + place(thrown.getStackTrace()), thrown);
        }
    }

    /** Returns where the class is on a stack, or nothing if it is not there. */
    private String place(StackTraceElement... stack) {
        return Stream.of(stack)
                .filter(frame -> frame.getClassName().startsWith(type.getName()))
                .findFirst()
                .map(frame -> " (at " + frame.getFileName() + ":" + frame.getLineNumber() + ")")
                .orElse("");
    }
}
