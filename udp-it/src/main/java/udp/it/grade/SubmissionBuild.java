package udp.it.grade;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import udp.it.command.CommandWords;

/** The classes and programs of a submission: found by their names, compiled if they must be. */
final class SubmissionBuild {
    private static final Pattern MAIN = Pattern.compile("\\bmain\\s*\\(");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^[ \\t]*package\\s+([A-Za-z0-9_.]+)\\s*;");
    private static final String TESTS = ".*/(src/test|tests?)/.*";

    private final GradeOptions options;
    private final Path folder;
    private final Path classes;
    private final List<Path> sources;
    private final Map<Path, String> texts = new HashMap<>();
    private boolean hasClasses;

    /** Reads the files of a copy, which may change once they run, and takes a folder for what compilers write. */
    SubmissionBuild(GradeOptions options, Path folder, List<Path> files, Path classes) throws IOException {
        this.options = options;
        this.folder = folder;
        this.classes = classes;
        sources = files.stream()
                .filter(file -> file.toString().matches("(?s).*\\.(java|py|c)"))
                .filter(file ->
                        !file.toString().substring(folder.toString().length()).matches(TESTS))
                .toList();
        for (Path source : sources) {
            texts.put(source, Files.readString(source, ISO_8859_1));
        }
    }

    /** Runs the teacher's command that builds the submission. */
    void prepare() throws IOException, InterruptedException, RefusedSubmission {
        if (options.compile() != null) {
            require(CommandWords.of(options.compile()));
        }
    }

    /** Returns the arguments of a check of one part. */
    List<String> check(Assignment part) throws IOException, InterruptedException, RefusedSubmission {
        List<String> found = new ArrayList<>();
        for (int role = 0; role < part.roles().size(); role++) {
            found.add(find(part, role));
        }
        List<String> arguments = new ArrayList<>(part.check(classes, found));
        if (!part.isClass()) {
            arguments.add("--directory=" + folder);
            arguments.addAll(options.ofPrograms());
        }
        return arguments;
    }

    private String find(Assignment part, int role) throws IOException, InterruptedException, RefusedSubmission {
        if (!part.isClass() && options.commands().size() > role) {
            return options.commands().get(role);
        }
        Path source = source(part.roles().get(role), part.isClass());
        if (endsWith(source, ".java")) {
            compileClasses();
            String name = className(source);
            return part.isClass()
                    ? name
                    : "'" + SubmissionRights.java("java")
                            + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData" + " -cp '" + classes + "' "
                            + name + part.operands(role);
        }
        if (source.toString().contains("'") || source.toString().contains("{")) {
            throw new RefusedSubmission("a program's name has no ' and no {: '" + source.getFileName() + "'");
        }
        return endsWith(source, ".py")
                ? "'" + options.rights().program("python3", "python") + "' '" + source + "'" + part.operands(role)
                : "'" + compileProgram(source, role) + "'" + part.operands(role);
    }

    /** Returns the source of a class or a program: the only one with its name, else the only one. */
    private Path source(List<String> names, boolean isClass) throws RefusedSubmission {
        List<Path> candidates = new ArrayList<>();
        for (Path source : sources) {
            if (isClass
                    ? endsWith(source, ".java")
                    : endsWith(source, ".py") || MAIN.matcher(texts.get(source)).find()) {
                candidates.add(source);
            }
        }
        for (String name : names) {
            String wanted = name.toLowerCase(Locale.ROOT);
            List<Predicate<String>> tests =
                    List.of(stem -> stem.equals(wanted), stem -> stem.contains(wanted) && !stem.contains("server"));
            for (Predicate<String> test : isClass ? tests.subList(0, 1) : tests) {
                List<Path> named = candidates.stream()
                        .filter(path -> test.test(stem(path)))
                        .toList();
                if (named.size() == 1) {
                    return named.get(0);
                }
            }
        }
        if (candidates.size() == 1 && !isClass) {
            return candidates.get(0);
        }
        String expected = names.get(0) + ".java";
        if (!isClass) {
            String stem = names.get(0).toLowerCase(Locale.ROOT);
            expected += ", " + stem + ".py or " + stem + ".c";
        }
        throw new RefusedSubmission("expected " + expected + ", but "
                + (candidates.isEmpty()
                        ? "there is no " + (isClass ? "Java" : "program")
                        : "there is "
                                + candidates.stream()
                                        .limit(5)
                                        .map(path -> path.getFileName().toString())
                                        .collect(Collectors.joining(", "))));
    }

    private void compileClasses() throws IOException, InterruptedException, RefusedSubmission {
        if (hasClasses) {
            return;
        }
        List<String> command = new ArrayList<>(List.of(
                options.rights().program(SubmissionRights.java("javac")),
                "-J-XX:TieredStopAtLevel=1",
                "-J-XX:+UseSerialGC",
                "-J-Xmx512m",
                "-proc:none",
                "-encoding",
                "UTF-8",
                "-cp",
                SubmissionRights.kit(),
                "-d",
                classes.toString()));
        sources.stream()
                .filter(source -> endsWith(source, ".java"))
                .map(Path::toString)
                .forEach(command::add);
        require(command);
        hasClasses = true;
    }

    /** Compiles a program of all C sources but those of other programs. */
    private Path compileProgram(Path source, int role) throws IOException, InterruptedException, RefusedSubmission {
        Path program = classes.resolve("program" + role);
        List<String> command = new ArrayList<>(
                List.of(options.rights().program("cc", "gcc", "clang"), "-O1", "-o", program.toString()));
        for (Path other : sources) {
            if (endsWith(other, ".c")
                    && (other.equals(source) || !MAIN.matcher(texts.get(other)).find())) {
                command.add(other.toString());
            }
        }
        command.addAll(List.of("-lpthread", "-lm"));
        require(command);
        return program;
    }

    private void require(List<String> command) throws IOException, InterruptedException, RefusedSubmission {
        String printed = options.rights().failure(command, folder);
        if (printed != null) {
            throw new RefusedSubmission("it does not compile: " + printed.replace(folder + "/", ""));
        }
    }

    private String className(Path source) {
        Matcher named = PACKAGE.matcher(texts.get(source));
        String name = source.getFileName().toString().replaceFirst("\\.java$", "");
        return named.find() ? named.group(1) + "." + name : name;
    }

    private static String stem(Path source) {
        return source.getFileName().toString().replaceFirst("\\.[a-z]+$", "").toLowerCase(Locale.ROOT);
    }

    private static boolean endsWith(Path file, String ending) {
        return file.toString().endsWith(ending);
    }
}
