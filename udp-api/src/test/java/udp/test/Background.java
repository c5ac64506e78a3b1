package udp.test;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** A call on another thread. */
public final class Background<T> {
    /** What has no result. */
    @FunctionalInterface
    public interface Action {
        void run() throws Exception;
    }

    private final FutureTask<T> task;
    public final Thread thread;

    private Background(Callable<T> call) {
        task = new FutureTask<>(call);
        thread = new Thread(task, "test background");
        thread.setDaemon(true);
    }

    /** Starts a call. */
    public static <T> Background<T> start(Callable<T> call) {
        Background<T> background = new Background<>(call);
        background.thread.start();
        return background;
    }

    /** Starts an action, which has no result. */
    public static Background<Void> run(Action action) {
        return start(() -> {
            action.run();
            return null;
        });
    }

    /** Waits for the result, and throws what the call has thrown. */
    public T result() throws Exception {
        try {
            return task.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Waits until a thread waits for a lock or a latch. */
    public static void awaitWaiting(Thread thread) {
        while (thread.isAlive() && !isWaiting(thread)) {
            Thread.onSpinWait();
        }
    }

    private static boolean isWaiting(Thread thread) {
        Thread.State state = thread.getState();
        return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
    }
}
