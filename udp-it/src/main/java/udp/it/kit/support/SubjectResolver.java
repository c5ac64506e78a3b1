package udp.it.kit.support;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.engine.support.store.Namespace;
import org.junit.platform.launcher.LauncherSession;

/** Hands the subject of a run, which is in the session's store, to the contract's constructor. */
public final class SubjectResolver implements ParameterResolver {
    private static final String NAME = "udp.it.kit.subject";

    /** Puts the subject into a session's store. */
    public static void put(LauncherSession session, Object subject) {
        session.getStore().put(Namespace.create(NAME), NAME, subject);
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
        return context.getStore(StoreScope.LAUNCHER_SESSION, ExtensionContext.Namespace.create(NAME))
                .get(NAME);
    }
}
