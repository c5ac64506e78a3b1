package udp.it.kit;

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
import org.junit.platform.engine.support.store.Namespace;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import udp.internal.text.Printable;
import udp.it.kit.RuleResult.Failure;
import udp.it.kit.RuleResult.Outcome;

/** Runs contracts and collects what became of each rule, also while they run. */
final class Examination {
    /** What the tests of one rule have come to. */
    private static final class Tally {
        private final List<Failure> failures = new ArrayList<>();
        private boolean passed;
        private String reason;
    }

    private final String subject;
    private final Consumer<Score> afterEach;
    private final Map<Rule, Tally> tallies = new EnumMap<>(Rule.class);
    private Rule running; // null between tests
    private String where = "";
    private String broken; // what kept whole classes of tests from running

    /**
     * @param subject what is checked, for people
     * @param rules those that apply to its kind
     * @param afterEach is told the state after each test
     */
    Examination(String subject, Collection<Rule> rules, Consumer<Score> afterEach) {
        this.subject = subject;
        this.afterEach = afterEach;
        rules.forEach(rule -> tallies.put(rule, new Tally()));
    }

    /** Runs one contract. */
    void run(Trial trial) {
        try (LauncherSession session = LauncherFactory.openSession()) {
            session.getStore().put(Namespace.create(SubjectResolver.NAMESPACE), SubjectResolver.KEY, trial.subject());
            var discovery = LauncherDiscoveryRequestBuilder.request()
                    .selectors(selectClass(trial.contract()))
                    .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                    .build();
            session.getLauncher()
                    .execute(LauncherExecutionRequestBuilder.request(discovery)
                            .listeners(new Listener(trial.circumstances()))
                            .build());
        }
        if (broken != null) {
            throw new IllegalStateException(broken);
        }
    }

    /** The state at the end, when a rule without a test is one that does not apply. */
    synchronized Score score() {
        return score("only a client's transport is connected");
    }

    /** The state when the JVM ends before the tests do: the running one is the reason, the rest did not run. */
    synchronized Score brokenOff() {
        if (running != null) {
            tallies.get(running)
                    .failures
                    .add(new Failure(
                            where, "expected an end of the test, but the JVM ended; common cause: System.exit", ""));
            running = null;
        }
        return score(null);
    }

    /** Without a reason, a rule that has no result yet has failed. */
    private Score score(String reasonForNone) {
        return new Score(
                subject,
                tallies.entrySet().stream()
                        .map(entry -> result(entry.getKey(), entry.getValue(), reasonForNone))
                        .toList());
    }

    private static RuleResult result(Rule rule, Tally tally, String reasonForNone) {
        String reason = tally.reason != null ? tally.reason : reasonForNone;
        if (rule.untestable() != null) {
            return new RuleResult(rule, Outcome.NOT_APPLICABLE, rule.untestable(), List.of());
        } else if (!tally.failures.isEmpty()) {
            return new RuleResult(rule, Outcome.FAIL, null, List.copyOf(tally.failures));
        } else if (tally.passed) {
            return new RuleResult(rule, Outcome.PASS, null, List.of());
        } else if (reason != null) {
            return new RuleResult(rule, Outcome.NOT_APPLICABLE, reason, List.of());
        }
        return new RuleResult(
                rule, Outcome.FAIL, null, List.of(new Failure("", "the check ended before it came to this", "")));
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
        afterEach.accept(score(null));
    }

    /** What happens alike under several circumstances is told once. */
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

    /** Of what the test threw, as it was before it was explained. */
    private static String trace(Optional<Throwable> thrown) {
        StringWriter trace = new StringWriter();
        thrown.map(failure -> failure.getCause() == null ? failure : failure.getCause())
                .ifPresent(failure -> failure.printStackTrace(new PrintWriter(trace, true)));
        return trace.toString();
    }

    /** Of one contract's run. */
    private final class Listener implements TestExecutionListener {
        private final String circumstances;
        private TestPlan plan;

        Listener(String circumstances) {
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
            return source.getJavaMethod().getAnnotation(Checks.class).value();
        }

        /** The name of the class template's invocation that it belongs to. */
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
