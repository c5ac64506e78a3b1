package udp.it.grade;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import udp.contract.Rule;
import udp.contract.Subprocess;
import udp.internal.text.Printable;
import udp.it.kit.report.ReportFolder;
import udp.it.kit.report.RuleResult;
import udp.it.kit.report.RuleResult.Failure;
import udp.it.kit.report.RuleResult.Verdict;
import udp.it.kit.report.RuleResults;

/** The check of one part of a submission, in a process with a deadline, and its result, read from the report alone. */
record GradedPart(int score, int of, int must, int mustOf, List<String> failed, String reason) {
    private static final String RESULTS = "results.json";
    private static final int MAX_REASON = 200;

    /** Runs a check, which has a folder for temporary files and writes its report into another. */
    static GradedPart check(Assignment part, List<String> arguments, GradeOptions options, Path temporary, Path report)
            throws IOException, InterruptedException, RefusedSubmission {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/bin/sh"))) {
            command.addAll(List.of("/bin/sh", "-c", "exec \"$@\" 2>&1", "sh"));
        }
        command.addAll(List.of(
                SubmissionRights.java("java"),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                SubmissionRights.kit(),
                "udp.it.Main",
                "check",
                "--report=" + report));
        command.addAll(options.ofChecks());
        command.addAll(arguments);
        int status;
        String printed;
        try (Subprocess check = Subprocess.start(command, null, new byte[0], true, Map.of())) {
            boolean isOver = check.endsWithin(options.seconds());
            printed = Printable.lines(new String(check.printed(), UTF_8));
            ReportFolder.replace(report, "output.txt", printed + "\n");
            if (!isOver) {
                throw new RefusedSubmission("the check did not end within " + options.seconds() + " s");
            }
            status = check.status();
        }
        if (Files.exists(report.resolve(RESULTS))) {
            return read(part, report);
        }
        String last = printed.lines().reduce("no output", (before, line) -> line);
        if (status == 1 || last.contains("ulimit")) { // The kit says what it lacks.
            throw new IOException(last);
        }
        throw new RefusedSubmission(
                status == 2
                        ? last.replaceFirst("^udp-it check: ", "")
                        : "the check was ended (status " + status + "), by the submission or for want of memory");
    }

    private static GradedPart read(Assignment part, Path report) throws IOException {
        int score = 0;
        int of = 0;
        int must = 0;
        int mustOf = 0;
        List<String> failed = new ArrayList<>();
        String first = "";
        try {
            JsonObject results = JsonParser.parseString(Files.readString(report.resolve(RESULTS)))
                    .getAsJsonObject();
            for (JsonElement element : results.getAsJsonArray("tests")) {
                JsonObject test = element.getAsJsonObject();
                if (test.has("max_score")) {
                    int points = test.get("score").getAsInt();
                    boolean isDuty = test.get("name").getAsString().startsWith("MUST");
                    score += points;
                    of++;
                    must += isDuty ? points : 0;
                    mustOf += isDuty ? 1 : 0;
                    first = first.isEmpty() ? test.get("output").getAsString() : first;
                    if (points == 0 && !failed.contains(test.get("number").getAsString())) {
                        failed.add(test.get("number").getAsString());
                    }
                }
            }
        } catch (JsonParseException | IllegalStateException | NullPointerException e) {
            throw new IOException("'" + report + "' has no readable results: " + Printable.failure(e), e);
        }
        return score == 0
                ? nothing(part, "it keeps no rule: " + firstLine(first))
                : new GradedPart(score, of, must, mustOf, failed, "");
    }

    /** Writes the results of several parts as one, for Gradescope. */
    static void merge(Path folder, List<Assignment> parts) throws IOException {
        JsonObject all = new JsonObject();
        JsonArray tests = new JsonArray();
        StringBuilder output = new StringBuilder();
        for (Assignment part : parts) {
            JsonObject results = JsonParser.parseString(
                            Files.readString(folder.resolve(part.folder()).resolve(RESULTS)))
                    .getAsJsonObject();
            output.append(results.get("output").getAsString()).append('\n');
            tests.addAll(results.getAsJsonArray("tests"));
        }
        all.addProperty("output", output.toString());
        all.add("tests", tests);
        ReportFolder.replace(folder, RESULTS, all + "\n");
    }

    /** Returns the result of a part that could not be checked, and writes its report. */
    static GradedPart refuse(Assignment part, String student, String why, Path report) throws IOException {
        String reason = firstLine(why);
        List<RuleResult> results = new ArrayList<>();
        for (Rule rule : part.rules()) {
            String trace = results.isEmpty() ? why : "";
            results.add(new RuleResult(
                    rule, Verdict.FAIL, null, List.of(new Failure("", "nothing was checked: " + reason, trace))));
        }
        new ReportFolder(report).write(new RuleResults(student + ", " + part, results));
        return nothing(part, reason);
    }

    private static String firstLine(String text) {
        String line = text.lines().filter(each -> !each.isBlank()).findFirst().orElse("");
        return Printable.line(line.length() > MAX_REASON ? line.substring(0, MAX_REASON) + "..." : line);
    }

    private static GradedPart nothing(Assignment part, String reason) {
        int duties = (int) part.rules().stream()
                .filter(rule -> rule.level() == Rule.Level.MUST)
                .count();
        return new GradedPart(0, part.rules().size(), 0, duties, List.of(), reason);
    }

    /** Returns why points are missing, perhaps nothing. */
    String remark() {
        return failed.isEmpty() ? reason : "fails " + String.join(", ", failed);
    }
}
