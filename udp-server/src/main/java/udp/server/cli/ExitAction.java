package udp.server.cli;

/** An action that runs once: when it is closed, or when the JVM ends before that (SIGTERM, Ctrl-C). */
public final class ExitAction implements AutoCloseable {
    private final Runnable action;
    private final Thread hook;
    private boolean pending;

    private ExitAction(Runnable action) {
        this.action = action;
        this.hook = new Thread(action, "udp-server exit");
    }

    /** Registers an action with the JVM. If the JVM is ending already, the action is not pending and never runs. */
    public static ExitAction register(Runnable action) {
        ExitAction exit = new ExitAction(action);
        try {
            Runtime.getRuntime().addShutdownHook(exit.hook);
            exit.pending = true;
        } catch (IllegalStateException e) {
            exit.pending = false;
        }
        return exit;
    }

    /** Returns whether the action is going to run. */
    public boolean isPending() {
        return pending;
    }

    @Override
    public void close() {
        if (pending && isUnregistered()) {
            action.run();
        }
    }

    private boolean isUnregistered() {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return false; // The JVM is ending and has started the hook.
        }
    }
}
