package udp.it.kit.support;

import java.util.Set;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.engine.support.store.Namespace;
import org.junit.platform.launcher.LauncherSession;

/** Hands the subject of a run, which is in the session's store, to the contract's constructor; leaves out tests. */
public final class SubjectResolver implements ParameterResolver, ExecutionCondition {
    private static final String NAME = "udp.it.kit.subject";
    private static final String LEFT_OUT = "udp.it.kit.left-out";

    /** Puts the subject into a session's store. */
    public static void put(LauncherSession session, Object subject) {
        session.getStore().put(Namespace.create(NAME), NAME, subject);
    }

    /** Leaves out the tests with these unique names. */
    public static void leaveOut(LauncherSession session, Set<String> names) {
        session.getStore().put(Namespace.create(NAME), LEFT_OUT, names);
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Set<?> names = (Set<?>) store(context).get(LEFT_OUT);
        return names.contains(context.getUniqueId())
                ? ConditionEvaluationResult.disabled("It began in another JVM.")
                : ConditionEvaluationResult.enabled(null);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().isInstance(subject(context));
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return subject(context);
    }

    private static Object subject(ExtensionContext context) {
        return store(context).get(NAME);
    }

    private static ExtensionContext.Store store(ExtensionContext context) {
        return context.getStore(StoreScope.LAUNCHER_SESSION, ExtensionContext.Namespace.create(NAME));
    }
}
