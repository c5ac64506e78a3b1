package udp.it.grade;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import udp.contract.Subprocess;
import udp.internal.cli.LossyOutput;
import udp.internal.text.Printable;
import udp.it.kit.run.CheckedCommand;

/** Grades the submissions of a class, some at a time. A submission that has a result keeps it. */
final class ClassGrading {
    private static final int MAX_ENDS = 100; // A worker may start a process while others are ended.

    private final List<Assignment> parts;
    private final GradeOptions options;
    private final ClassReport report;
    private final PrintStream progress;
    private final List<Submission> submissions;
    private final Grade[] grades;
    private final ExecutorService workers;
    private Path work;
    private int done;
    private volatile boolean isStopping;

    ClassGrading(
            List<Assignment> parts,
            GradeOptions options,
            List<Submission> submissions,
            ClassReport report,
            PrintStream progress,
            int jobs) {
        workers = Executors.newFixedThreadPool(jobs);
        this.parts = parts;
        this.options = options;
        this.submissions = submissions;
        this.report = report;
        this.progress = progress;
        grades = new Grade[submissions.size()];
    }

    /** Grades all, and returns the results that there are: if this computer lacks something, some are missing. */
    List<Grade> run() throws IOException, InterruptedException {
        work = options.rights().open(Files.createTempDirectory("udp-it-grade"));
        Thread atExit = new Thread(this::stop, "udp-it grade exit");
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            for (int i = 0; i < grades.length; i++) {
                int number = i;
                workers.execute(() -> grade(number));
            }
            workers.shutdown();
            workers.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        } finally {
            CheckedCommand.delete(work);
        }
        if (!isStopping) {
            Runtime.getRuntime().removeShutdownHook(atExit);
        }
        return graded();
    }

    private synchronized List<Grade> graded() {
        return Stream.of(grades).filter(grade -> grade != null).toList();
    }

    private void grade(int number) {
        Submission submission = submissions.get(number);
        if (isStopping) {
            return;
        }
        long start = System.nanoTime();
        try {
            Grade earlier = report.earlier(submission);
            Grade grade = earlier == null ? grade(submission) : earlier;
            double seconds = (System.nanoTime() - start) / 1e9;
            String time = earlier == null ? String.format(Locale.ROOT, "%.1f s", seconds) : "as before";
            if (!isStopping) { // What a stopped check says is no result.
                if (earlier == null) {
                    report.keep(submission, grade);
                }
                add(number, grade, grade.points() + ", " + time);
            }
        } catch (IOException | RuntimeException | Error e) {
            add(number, null, "no result: " + Printable.line(Printable.failure(e)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void add(int number, Grade grade, String outcome) {
        if (isStopping) {
            return;
        }
        grades[number] = grade;
        done++;
        progress.println("[" + done + "/" + grades.length + "] "
                + Printable.line(submissions.get(number).name()) + ": " + outcome);
        try {
            report.write(graded());
        } catch (IOException e) {
            progress.println("the table cannot be written: " + Printable.failure(e));
        }
    }

    private Grade grade(Submission submission) throws IOException, InterruptedException {
        Path home = options.rights().open(Files.createDirectory(work.resolve(submission.folder())));
        Path source = Files.createDirectories(home.resolve("submission"));
        Path classes = Files.createDirectories(home.resolve("classes"));
        options.rights().open(Files.createDirectory(home.resolve("temporary")));
        Path folder = report.folder(submission);
        CheckedCommand.delete(folder);
        Files.createDirectories(folder);
        try {
            String fingerprint = submission.fingerprint();
            List<GradedPart> results = new ArrayList<>();
            List<String> pages = new ArrayList<>();
            SubmissionBuild build = null;
            String leftOut = "";
            String refusal = null;
            try {
                SubmissionCopy copy = new SubmissionCopy(submission.path(), source);
                leftOut = copy.leftOut();
                build = new SubmissionBuild(options, source, copy.files(), classes);
                options.rights().giveAway(source);
                options.rights().giveAway(classes);
                build.prepare();
            } catch (RefusedSubmission e) {
                refusal = e.getMessage();
            }
            for (Assignment part : parts) {
                Path partFolder = parts.size() == 1 ? folder : Files.createDirectories(folder.resolve(part.folder()));
                results.add(gradePart(part, build, refusal, submission, partFolder));
                pages.add(folder.getParent().relativize(partFolder) + "/index.html");
            }
            if (parts.size() > 1) {
                GradedPart.merge(folder, parts);
            }
            return sum(submission, fingerprint, results, pages, leftOut);
        } finally {
            CheckedCommand.delete(home);
        }
    }

    private GradedPart gradePart(
            Assignment part, SubmissionBuild build, String refusal, Submission submission, Path folder)
            throws IOException, InterruptedException {
        if (isStopping) {
            throw new InterruptedException();
        }
        try {
            if (refusal != null) {
                throw new RefusedSubmission(refusal);
            }
            return GradedPart.check(
                    part,
                    build.check(part),
                    options,
                    work.resolve(submission.folder()).resolve("temporary"),
                    folder);
        } catch (RefusedSubmission e) {
            return GradedPart.refuse(part, submission.name(), e.getMessage(), folder);
        }
    }

    private static Grade sum(
            Submission submission, String fingerprint, List<GradedPart> parts, List<String> pages, String leftOut) {
        int score = parts.stream().mapToInt(GradedPart::score).sum();
        int of = parts.stream().mapToInt(GradedPart::of).sum();
        int must = parts.stream().mapToInt(GradedPart::must).sum();
        int mustOf = parts.stream().mapToInt(GradedPart::mustOf).sum();
        String remark = parts.stream()
                        .map(GradedPart::remark)
                        .filter(text -> !text.isEmpty())
                        .distinct()
                        .collect(Collectors.joining("; "))
                + leftOut;
        return new Grade(
                submission.name(),
                fingerprint,
                score,
                of,
                must,
                mustOf,
                score - must,
                of - mustOf,
                Printable.line(remark.replaceFirst("^; ", "")),
                pages);
    }

    /** Ends all checks, because a signal ends this program. */
    private void stop() {
        isStopping = true;
        try {
            int ends = 0;
            do {
                Subprocess.endAll();
            } while (!workers.awaitTermination(100, TimeUnit.MILLISECONDS) && ++ends < MAX_ENDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        CheckedCommand.delete(work);
        int results = graded().size();
        progress.println("stopped: " + results + " of " + grades.length
                + " have a result; the same command goes on with the others");
        progress.flush();
        LossyOutput.awaitAll();
    }
}
