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
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import udp.internal.cli.UsageException;
import udp.internal.text.Printable;
import udp.internal.trace.Step;

/** The reader of the trace files of both sides, which puts their steps on the same clock. */
final class TraceFile {
    private static final Duration SAME_MACHINE = Duration.ofSeconds(1);
    private static final Gson GSON =
            new GsonBuilder().setStrictness(Strictness.STRICT).create();
    private static final TypeToken<Map<String, String>> MEMBERS = new TypeToken<>() {};

    private TraceFile() {}

    /** Returns the steps of both files in the order of their times. Warns if a file ends within a line. */
    static List<TraceStep> merge(String client, String server, PrintStream warnings) {
        List<TraceStep> left = read(client, Side.CLIENT, warnings);
        List<TraceStep> right = read(server, Side.SERVER, warnings);
        Duration apart =
                Duration.between(origin(left.get(0)), origin(right.get(0))).abs();
        ToLongFunction<TraceStep> clock = apart.compareTo(SAME_MACHINE) < 0 ? TraceStep::nanos : TraceFile::wallNanos;
        List<TraceStep> all = Stream.concat(left.stream(), right.stream())
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

    private static List<TraceStep> read(String file, Side side, PrintStream warnings) {
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
                steps.add(step(members(lines.get(i)), side));
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

    private static TraceStep step(Map<String, String> members, Side side) {
        Step step = Step.fromMembers(members);
        if (!step.program().equals(side.program())) {
            throw new IllegalArgumentException("a trace of " + step.program() + " where that of the " + side
                    + " is due (first the client's file, then the server's)");
        }
        TraceStep traced = TraceStep.of(side, step);
        try {
            origin(traced);
            wallNanos(traced);
        } catch (ArithmeticException | DateTimeException e) {
            throw new IllegalArgumentException("\"time\" is out of range: " + step.time());
        }
        return traced;
    }
}
