package udp.it.grade;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import udp.internal.cli.UsageException;
import udp.internal.text.Printable;
import udp.it.csv.Csv;
import udp.it.html.HtmlTemplate;
import udp.it.kit.report.ReportFolder;

/** A folder with the results of a class: a folder for each student, and a table as CSV and as a page. */
final class ClassReport {
    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();
    private static final String RESULT = "grade.json";
    private static final List<String> HEADS = List.of("student", "score", "MUST", "SHOULD", "remark");
    private static final int MAX_WIDTH = 40;

    /** What holds for the whole class. */
    private record Settings(String assignment, int seed) {}

    private final Path directory;
    private final Settings settings;

    /** Takes the folder, new or of the same assignment; its requests are those of the run before. */
    ClassReport(Path directory, String assignment, int wantedSeed, boolean isSeedGiven) throws IOException {
        this.directory = directory;
        Settings before = read(directory.resolve(RESULT), Settings.class);
        settings = before == null || before.assignment() == null ? new Settings(assignment, wantedSeed) : before;
        if (before == null && Files.exists(directory) && !isEmpty(directory)) {
            throw new UsageException(
                    "--report: '" + directory + "' has other files in it: take an empty or a new folder");
        }
        if (!settings.assignment().equals(assignment) || isSeedGiven && settings.seed() != wantedSeed) {
            throw new UsageException("--report: '" + directory + "' has the results of assignment "
                    + settings.assignment() + " with --seed " + settings.seed() + ": take another folder");
        }
        Files.createDirectories(directory);
        ReportFolder.replace(this.directory, RESULT, GSON.toJson(settings));
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }

    int seed() {
        return settings.seed();
    }

    /** Returns the folder of a submission. */
    Path folder(Submission submission) {
        return directory.resolve(submission.folder());
    }

    /** Returns the result of an earlier run for the same submission, or null. */
    Grade earlier(Submission submission) throws IOException {
        Grade grade = read(folder(submission).resolve(RESULT), Grade.class);
        return grade != null && submission.fingerprint().equals(grade.fingerprint()) ? grade : null;
    }

    private static <T> T read(Path file, Class<T> type) throws IOException {
        try {
            return Files.exists(file) ? GSON.fromJson(Files.readString(file), type) : null;
        } catch (JsonParseException e) {
            return null;
        }
    }

    /** Keeps a result: from now on the submission is not checked again. */
    void keep(Submission submission, Grade grade) throws IOException {
        ReportFolder.replace(folder(submission), RESULT, GSON.toJson(grade));
    }

    /** Writes the table of those that have a result. */
    void write(List<Grade> grades) throws IOException {
        StringBuilder csv = new StringBuilder("student,score,of,must,must of,should,should of,remark,report\r\n");
        for (Grade grade : grades) {
            csv.append(Stream.of(
                            grade.student(),
                            grade.score(),
                            grade.of(),
                            grade.must(),
                            grade.mustOf(),
                            grade.should(),
                            grade.shouldOf(),
                            grade.remark(),
                            String.join(" ", grade.pages()))
                    .map(value -> Csv.cell(value.toString()))
                    .collect(Collectors.joining(",", "", "\r\n")));
        }
        ReportFolder.replace(directory, "grades.csv", csv.toString());
        Map<String, Object> values = Map.of(
                "assignment", settings.assignment(),
                "seed", settings.seed(),
                "rows", grades.stream().map(ClassReport::row).toList());
        ReportFolder.replace(directory, "index.html", HtmlTemplate.fill(ClassReport.class, "class.html", values));
    }

    private static Map<String, Object> row(Grade grade) {
        return Map.of(
                "student", grade.student(),
                "score", grade.points(),
                "must", grade.duties(),
                "should", grade.bonus(),
                "remark", grade.remark(),
                "outcome", grade.score() == grade.of() ? "PASS" : "FAIL",
                "first", grade.pages().get(0),
                "others", grade.pages().subList(1, grade.pages().size()));
    }

    /** Returns the table for a terminal. */
    static String table(List<Grade> grades) {
        List<List<String>> rows = new ArrayList<>(List.of(HEADS));
        grades.forEach(grade -> rows.add(List.of(
                Printable.line(grade.student()), grade.points(), grade.duties(), grade.bonus(), grade.remark())));
        int[] widths = IntStream.range(0, HEADS.size() - 1)
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .filter(width -> width <= MAX_WIDTH)
                        .max()
                        .orElse(1))
                .toArray();
        StringBuilder table = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(String.format(Locale.ROOT, "%-" + widths[i] + "s  ", row.get(i)));
            }
            table.append((line + row.get(widths.length)).stripTrailing()).append(System.lineSeparator());
        }
        return table.toString();
    }
}
