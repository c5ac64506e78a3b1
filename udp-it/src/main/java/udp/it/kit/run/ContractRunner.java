package udp.it.kit.run;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId.Segment;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import udp.contract.Ip;
import udp.contract.Journal;
import udp.contract.KitAssertions;
import udp.contract.NotApplicable;
import udp.contract.Rule;
import udp.contract.Verifies;
import udp.internal.text.Printable;
import udp.it.kit.support.SubjectResolver;

/** Runs contracts by JUnit, which takes nothing of its configuration from what is checked, and tells their events. */
public final class ContractRunner {
    private static final LauncherConfig JUPITER_ALONE = LauncherConfig.builder()
            .enableLauncherSessionListenerAutoRegistration(false)
            .enableLauncherDiscoveryListenerAutoRegistration(false)
            .enablePostDiscoveryFilterAutoRegistration(false)
            .enableTestExecutionListenerAutoRegistration(false)
            .enableTestEngineAutoRegistration(false)
            .addTestEngines(engine())
            .build();

    private static final int MAX_TEXT = 16_000;

    private final TestEvents events;
    private final Set<String> begun;
    private Rule running; // The rule of the last test.
    private String broken; // The reason why a whole class of tests did not run.

    /** Creates a runner that leaves out the tests that began before. */
    public ContractRunner(TestEvents events, Set<String> begun) {
        this.events = events;
        this.begun = begun;
    }

    private static TestEngine engine() {
        return ServiceLoader.load(TestEngine.class, ContractRunner.class.getClassLoader()).stream()
                .filter(engine -> engine.type().getName().startsWith("org.junit.jupiter."))
                .findFirst()
                .orElseThrow()
                .get();
    }

    /** Tells which tests there will be, before the first. */
    public void plan(List<ContractRun> runs) {
        runs.forEach(run -> plan(run.contract()));
        events.ready();
    }

    private void plan(Class<?> contract) {
        boolean isTwice = AnnotationSupport.isAnnotated(contract, ParameterizedClass.class);
        for (int times = isTwice ? Ip.values().length : 1; times > 0; times--) {
            planTests(contract);
            for (Class<?> type = contract; type != Object.class; type = type.getSuperclass()) {
                for (Class<?> nested : type.getDeclaredClasses()) {
                    if (nested.isAnnotationPresent(Nested.class)) {
                        planTests(nested);
                    }
                }
            }
        }
    }

    private void planTests(Class<?> contract) {
        for (Class<?> type = contract; type != Object.class; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Verifies.class)) {
                    events.plan(method.getAnnotation(Verifies.class).value());
                }
            }
        }
    }

    /** Runs one contract. */
    public void run(ContractRun run) {
        try (LauncherSession session = LauncherFactory.openSession(JUPITER_ALONE)) {
            SubjectResolver.put(session, run.input());
            SubjectResolver.leaveOut(session, begun(run.circumstances()));
            var discovery = LauncherDiscoveryRequestBuilder.request()
                    .selectors(selectClass(run.contract()))
                    .enableImplicitConfigurationParameters(false)
                    .configurationParameter("junit.platform.stacktrace.pruning.enabled", "false")
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

    private Set<String> begun(String circumstances) {
        return begun.stream()
                .filter(key -> key.startsWith(circumstances + "["))
                .map(key -> key.substring(circumstances.length()))
                .collect(Collectors.toSet());
    }

    private void finish(TestExecutionResult result) {
        Throwable thrown = result.getThrowable().orElse(null);
        if (result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
            events.pass();
        } else if (thrown instanceof NotApplicable reason) {
            events.leaveOut(reason.getMessage());
        } else {
            events.fail(text(thrown), Evidence.of(running, thrown, trace(thrown)));
        }
    }

    private static String text(Throwable thrown) {
        return thrown == null ? "no reason given" : Printable.line(KitAssertions.failure(thrown, MAX_TEXT));
    }

    /** Returns the stack trace of what the test threw, for the report alone, before the explanation, without the frames of JUnit. */
    private static String trace(Throwable thrown) {
        StringWriter trace = new StringWriter() {
            @Override
            public void write(String text, int from, int length) {
                super.write(
                        text,
                        from,
                        Math.max(0, Math.min(length, MAX_TEXT - getBuffer().length())));
            }
        };
        try {
            Throwable cause = thrown.getCause();
            // Into the report, where a student looks for the line that failed. Nothing prints it on a stream.
            (cause == null ? thrown : cause).printStackTrace(new PrintWriter(trace, true));
        } catch (Throwable e) {
            trace.append("its stack trace cannot be printed: " + e.getClass().getName());
        }
        return trace.toString()
                .lines()
                .filter(line -> !line.matches("\\s+at org\\.junit\\..*"))
                .collect(Collectors.joining("\n"));
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
                MethodSource source = (MethodSource) test.getSource().orElseThrow();
                Verifies verifies = source.getJavaMethod().getAnnotation(Verifies.class);
                String where = (circumstances + " " + variant(test)).strip();
                running = verifies.value();
                Journal.begin();
                events.begin(circumstances + test.getUniqueId(), verifies.value(), where);
            }
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest()) {
                finish(result);
            } else if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                broken = test.getDisplayName() + ": "
                        + text(result.getThrowable().orElse(null));
            }
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
