package udp.it.diagram;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import udp.internal.cli.UsageException;
import udp.internal.text.Printable;
import udp.internal.trace.Step;

/** The reader of trace files, which puts their steps on the same clock. */
final class TraceFile {
    private static final Duration SAME_MACHINE = Duration.ofSeconds(1);
    private static final Gson GSON =
            new GsonBuilder().setStrictness(Strictness.STRICT).create();
    private static final TypeToken<Map<String, String>> MEMBERS = new TypeToken<>() {};

    private TraceFile() {}

    /**
     * Returns the steps of all files in the order of their times: of clients, of at most one relay and of at most one
     * server, in any order. Warns if a file ends within a line.
     */
    static List<TraceStep> merge(List<String> files, PrintStream warnings) {
        Map<Lane.Kind, String> only = new EnumMap<>(Lane.Kind.class); // of the kinds of which there may be one
        List<List<TraceStep>> traces = new ArrayList<>();
        for (String file : files) {
            List<TraceStep> steps = read(file, traces.size(), warnings);
            Lane.Kind kind = steps.get(0).kind();
            String other = only.put(kind, file);
            if (other != null && kind != Lane.Kind.CLIENT) {
                throw new UsageException(Printable.line(file) + ": a second trace of a "
                        + (kind == Lane.Kind.SERVER ? "server" : "relay") + "; " + Printable.line(other)
                        + " is the first");
            }
            traces.add(steps);
        }
        if (!only.containsKey(Lane.Kind.NETWORK) && only.size() < 2) {
            throw new UsageException("trace files of a client and a server are needed, or that of a relay; see --help");
        }
        return merge(traces);
    }

    private static List<TraceStep> merge(List<List<TraceStep>> traces) {
        List<Instant> origins =
                traces.stream().map(steps -> origin(steps.get(0))).sorted().toList();
        Duration apart = Duration.between(origins.get(0), origins.get(origins.size() - 1));
        ToLongFunction<TraceStep> clock = apart.compareTo(SAME_MACHINE) < 0 ? TraceStep::nanos : TraceFile::wallNanos;
        List<TraceStep> all = traces.stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparingLong(clock))
                .toList();
        long start = clock.applyAsLong(all.get(0));
        return all.stream()
                .map(step -> step.at(clock.applyAsLong(step) - start))
                .toList();
    }

    /** Returns when the monotonic clock was 0. Programs on the same machine agree if nobody sets the wall clock. */
    private static Instant origin(TraceStep step) {
        return step.step().time().minusNanos(step.nanos());
    }

    private static long wallNanos(TraceStep step) {
        return ChronoUnit.NANOS.between(Instant.EPOCH, step.step().time());
    }

    private static List<TraceStep> read(String file, int source, PrintStream warnings) {
        List<TraceStep> steps = new ArrayList<>();
        String text = text(file);
        int end = text.lastIndexOf('\n') + 1;
        if (end < text.length() && !text.endsWith("}")) { // The disk was full, or the program was killed.
            warnings.println("udp-it diagram: " + Printable.line(file) + ": the last line is cut, and left out");
            text = text.substring(0, end);
        }
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            try {
                TraceStep step = step(members(lines.get(i)), source);
                if (!steps.isEmpty() && steps.get(0).kind() != step.kind()) {
                    throw new IllegalArgumentException(
                            "a line of " + step.step().program() + " in a trace of "
                                    + steps.get(0).step().program());
                }
                steps.add(step);
            } catch (IllegalArgumentException e) {
                throw new UsageException(Printable.line(file) + ":" + (i + 1) + ": " + e.getMessage());
            }
        }
        if (steps.isEmpty()) {
            throw new UsageException(Printable.line(file) + ": an empty trace");
        }
        return steps;
    }

    private static String text(String file) {
        try {
            return Files.readString(Path.of(file), UTF_8);
        } catch (NoSuchFileException e) {
            throw new UsageException(Printable.line(file) + ": no such file");
        } catch (CharacterCodingException e) {
            throw new UsageException(Printable.line(file) + ": not a trace: not UTF-8");
        } catch (IOException | InvalidPathException e) {
            throw new UsageException(Printable.line(file) + ": cannot be read: " + Printable.failure(e));
        }
    }

    private static Map<String, String> members(String line) {
        Map<String, String> members;
        try {
            members = GSON.fromJson(line, MEMBERS);
        } catch (JsonParseException e) {
            members = null;
        }
        if (members == null || members.containsValue(null)) {
            throw new IllegalArgumentException("not a line of a trace: not a JSON object of texts and numbers");
        }
        return members;
    }

    private static TraceStep step(Map<String, String> members, int source) {
        Step step = Step.fromMembers(members);
        TraceStep traced = TraceStep.of(source, step);
        try {
            origin(traced);
            wallNanos(traced);
        } catch (ArithmeticException | DateTimeException e) {
            throw new IllegalArgumentException("\"time\" is out of range: " + step.time());
        }
        return traced;
    }
}
