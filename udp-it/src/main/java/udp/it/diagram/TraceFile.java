package udp.it.diagram;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import udp.internal.cli.UsageException;
import udp.internal.text.Printable;
import udp.internal.trace.Call;

/** The reader of the trace files of both sides, which puts their steps on the same clock. */
final class TraceFile {
    private static final Duration SAME_MACHINE = Duration.ofSeconds(1);
    private static final Gson GSON =
            new GsonBuilder().setStrictness(Strictness.STRICT).create();
    private static final TypeToken<Map<String, String>> MEMBERS = new TypeToken<>() {};

    private record Stamped(Instant time, TraceStep step) {
        /** Returns when the monotonic clock was 0. Programs on the same machine agree if nobody sets the wall clock. */
        Instant origin() {
            return time.minusNanos(step.nanos());
        }

        long wallNanos() {
            return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
        }
    }

    private TraceFile() {}

    /** Returns the steps of both files in the order of their times. */
    static List<TraceStep> merge(String client, String server) {
        List<Stamped> left = read(client, Side.CLIENT);
        List<Stamped> right = read(server, Side.SERVER);
        Duration apart =
                Duration.between(left.get(0).origin(), right.get(0).origin()).abs();
        ToLongFunction<Stamped> clock =
                apart.compareTo(SAME_MACHINE) < 0 ? stamped -> stamped.step().nanos() : Stamped::wallNanos;
        List<Stamped> all = Stream.concat(left.stream(), right.stream())
                .sorted(Comparator.comparingLong(clock))
                .toList();
        long start = clock.applyAsLong(all.get(0));
        return all.stream()
                .map(stamped -> stamped.step().at(clock.applyAsLong(stamped) - start))
                .toList();
    }

    private static List<Stamped> read(String file, Side side) {
        List<Stamped> steps = new ArrayList<>();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            try {
                steps.add(step(members(lines.get(i)), side));
            } catch (IllegalArgumentException | DateTimeParseException | ArithmeticException e) {
                throw new UsageException(Printable.line(file) + ":" + (i + 1) + ": " + Printable.failure(e));
            }
        }
        if (steps.isEmpty()) {
            throw new UsageException(Printable.line(file) + ": an empty trace");
        }
        return steps;
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file), UTF_8);
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

    private static Stamped step(Map<String, String> members, Side side) {
        String program = required(members, "program");
        if (!program.equals(side.program())) {
            throw new IllegalArgumentException("a trace of " + program + " where that of the " + side
                    + " is due (first the client's file, then the server's)");
        }
        Call call = call(required(members, "call"));
        String data = members.get("data");
        boolean carries = call == Call.SENDTO || call == Call.RECVFROM;
        if (carries && !members.containsKey("failure")) {
            required(members, "data");
            required(members, "peer");
        }
        if (carries || call == Call.TIME_OUT || call == Call.CLOSE) {
            required(members, "local");
        }
        return new Stamped(
                Instant.parse(required(members, "time")),
                new TraceStep(
                        side,
                        Long.parseLong(required(members, "nanos")),
                        call,
                        required(members, "java"),
                        endpoint(members.get("local")),
                        endpoint(members.get("peer")),
                        data == null ? null : HexFormat.of().parseHex(data),
                        members.get("note"),
                        members.get("failure")));
    }

    private static String required(Map<String, String> members, String name) {
        String value = members.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no \"" + name + "\"");
        }
        return value;
    }

    private static Endpoint endpoint(String text) {
        return text == null ? null : Endpoint.of(text);
    }

    private static Call call(String text) {
        return Stream.of(Call.values())
                .filter(call -> call.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown call '" + text + "'"));
    }
}
