package udp.it.kit.run;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId.Segment;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import udp.contract.Rule;
import udp.contract.Verifies;
import udp.internal.text.Printable;
import udp.it.kit.report.RuleResult;
import udp.it.kit.report.RuleResult.Failure;
import udp.it.kit.report.RuleResult.Verdict;
import udp.it.kit.report.RuleResults;
import udp.it.kit.support.SubjectResolver;

/** Runs contracts and collects the result of each rule, also while they run. */
public final class ContractRunner {
    /** The results of the tests of one rule. */
    private static final class Tally {
        private final List<Failure> failures = new ArrayList<>();
        private boolean passed;
        private String reason;
    }

    private final String subject;
    private final Consumer<RuleResults> afterEach;
    private final Map<Rule, Tally> tallies = new EnumMap<>(Rule.class);
    private Rule running; // Null between tests.
    private String where = "";
    private String broken; // The reason why a whole class of tests did not run.

    /** Creates a runner for the rules of one subject, which tells the results so far after each test. */
    public ContractRunner(String subject, Collection<Rule> rules, Consumer<RuleResults> afterEach) {
        this.subject = subject;
        this.afterEach = afterEach;
        rules.forEach(rule -> tallies.put(rule, new Tally()));
    }

    /** Runs one contract. */
    public void run(ContractRun run) {
        try (LauncherSession session = LauncherFactory.openSession()) {
            SubjectResolver.put(session, run.input());
            var discovery = LauncherDiscoveryRequestBuilder.request()
                    .selectors(selectClass(run.contract()))
                    .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                    .build();
            session.getLauncher()
                    .execute(LauncherExecutionRequestBuilder.request(discovery)
                            .listeners(new TestListener(run.circumstances()))
                            .build());
        }
        if (broken != null) {
            throw new IllegalStateException(broken);
        }
    }

    /** Returns the results at the end, when a rule without a test does not apply. */
    public synchronized RuleResults results() {
        return results("only a client's transport is connected");
    }

    /** Returns the results if the JVM ends before the tests do: the running test is the reason, the rest did not run. */
    public synchronized RuleResults brokenOff() {
        if (running != null) {
            tallies.get(running)
                    .failures
                    .add(new Failure(
                            where, "expected an end of the test, but the JVM ended; common cause: System.exit", ""));
            running = null;
        }
        return results(null);
    }

    /** Returns the results. Without a reason, a rule that has no result yet has failed. */
    private RuleResults results(String reasonForNone) {
        return new RuleResults(
                subject,
                tallies.entrySet().stream()
                        .map(entry -> result(entry.getKey(), entry.getValue(), reasonForNone))
                        .toList());
    }

    private static RuleResult result(Rule rule, Tally tally, String reasonForNone) {
        String reason = tally.reason != null ? tally.reason : reasonForNone;
        if (rule.untestable() != null) {
            return new RuleResult(rule, Verdict.NOT_APPLICABLE, rule.untestable(), List.of());
        } else if (!tally.failures.isEmpty()) {
            return new RuleResult(rule, Verdict.FAIL, null, List.copyOf(tally.failures));
        } else if (tally.passed) {
            return new RuleResult(rule, Verdict.PASS, null, List.of());
        } else if (reason != null) {
            return new RuleResult(rule, Verdict.NOT_APPLICABLE, reason, List.of());
        }
        return new RuleResult(
                rule, Verdict.FAIL, null, List.of(new Failure("", "the check ended before it came to this", "")));
    }

    private synchronized void started(Rule rule, String circumstances) {
        running = rule;
        where = circumstances;
    }

    private synchronized void finished(TestExecutionResult result) {
        Tally tally = tallies.get(running);
        Optional<Throwable> thrown = result.getThrowable();
        switch (result.getStatus()) {
            case SUCCESSFUL -> tally.passed = true;
            case ABORTED -> tally.reason = text(thrown);
            case FAILED -> addFailure(tally, text(thrown), trace(thrown));
            default -> throw new AssertionError(result.getStatus());
        }
        running = null;
        afterEach.accept(results(null));
    }

    /** Adds a failure, or adds its circumstances to the same failure. */
    private void addFailure(Tally tally, String sentence, String trace) {
        for (int i = 0; i < tally.failures.size(); i++) {
            Failure same = tally.failures.get(i);
            if (same.sentence().equals(sentence)) {
                if (!List.of(same.where().split(", ")).contains(where)) {
                    tally.failures.set(i, new Failure(same.where() + ", " + where, sentence, same.trace()));
                }
                return;
            }
        }
        tally.failures.add(new Failure(where, sentence, trace));
    }

    private static String text(Optional<Throwable> thrown) {
        return Printable.line(
                thrown.map(Printable::failure).orElse("no reason given").replaceFirst("^Assumption failed: ", ""));
    }

    /** Returns the stack trace of what the test threw, before the explanation. */
    private static String trace(Optional<Throwable> thrown) {
        StringWriter trace = new StringWriter();
        thrown.map(failure -> failure.getCause() == null ? failure : failure.getCause())
                .ifPresent(failure -> failure.printStackTrace(new PrintWriter(trace, true)));
        return trace.toString();
    }

    /** The listener of one run. */
    private final class TestListener implements TestExecutionListener {
        private final String circumstances;
        private TestPlan plan;

        TestListener(String circumstances) {
            this.circumstances = circumstances;
        }

        @Override
        public void testPlanExecutionStarted(TestPlan started) {
            plan = started;
        }

        @Override
        public void executionStarted(TestIdentifier test) {
            if (test.isTest()) {
                started(rule(test), (circumstances + " " + variant(test)).strip());
            }
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest()) {
                finished(result);
            } else if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                broken = test.getDisplayName() + ": " + text(result.getThrowable());
            }
        }

        private Rule rule(TestIdentifier test) {
            MethodSource source = (MethodSource) test.getSource().orElseThrow();
            return source.getJavaMethod().getAnnotation(Verifies.class).value();
        }

        /** Returns the name of the class template's invocation that the test belongs to. */
        private String variant(TestIdentifier test) {
            for (TestIdentifier at = test; at != null; at = plan.getParent(at).orElse(null)) {
                Segment last = at.getUniqueIdObject().getLastSegment();
                if (last.getType().equals("class-template-invocation")) {
                    return at.getDisplayName();
                }
            }
            return "";
        }
    }
}
