package udp.it.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import udp.internal.net.NanoClock;

/**
 * A clock that goes on only while all programs wait, and then at once to the next event or the next time limit, whichever is
 * earlier. Of programs at the same time each has a thread, and one of the threads runs. So equal runs are equal.
 */
class VirtualTime extends NanoClock {
    static final long FOREVER = Long.MAX_VALUE;

    private static final long MAX_CALLS = 1_000_000;
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "simulated program");
        thread.setDaemon(true);
        return thread;
    });

    /** A program that waits until something has happened, or until its time is over. */
    private static final class Waiter {
        private final BooleanSupplier news;
        private final long deadline;
        private final Condition turn;
        private boolean isNext;

        Waiter(BooleanSupplier news, long deadline, Condition turn) {
            this.news = news;
            this.deadline = deadline;
            this.turn = turn;
        }
    }

    /** What happens at a time; of equal times, first what was planned first. */
    private record Event(long due, long order, Runnable action) {}

    final ReentrantLock lock = new ReentrantLock();
    private final Queue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::due).thenComparingLong(Event::order));
    private final List<Waiter> waiters = new ArrayList<>(); // in the order in which they began to wait
    private int running = 1; // the thread that made the clock
    private Throwable failure; // null unless a program has thrown something, or none can go on
    private long calls;
    private long now;
    private long order;

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public void pause(long nanos) {
        lock.lock();
        try {
            await(() -> false, now + nanos);
        } finally {
            lock.unlock();
        }
    }

    /** Lets time pass for a program that is busy: nothing happens meanwhile. */
    void elapse(long nanos) {
        now += nanos;
    }

    /** Plans an event. */
    void at(long time, Runnable action) {
        events.add(new Event(time, order++, action));
    }

    /** Returns when the next thing happens, or {@link #FOREVER}. */
    long nextDue() {
        return events.isEmpty() ? FOREVER : events.peek().due;
    }

    /** Lets one thing happen that is due. */
    void happen() {
        if (!events.isEmpty() && events.peek().due <= now) {
            events.remove().action.run();
        }
    }

    /** Runs programs at the same time, until all have ended. */
    void run(List<Runnable> programs) {
        if (programs.size() == 1) {
            programs.get(0).run();
            return;
        }
        lock.lock();
        try {
            int[] left = {programs.size()};
            for (Runnable program : programs) {
                Waiter start = new Waiter(() -> true, now, lock.newCondition());
                waiters.add(start);
                THREADS.execute(() -> run(program, start, left));
            }
            await(() -> left[0] == 0, FOREVER);
        } finally {
            lock.unlock();
        }
    }

    private void run(Runnable program, Waiter start, int[] left) {
        lock.lock();
        try {
            awaitTurn(start);
            lock.unlock();
            try {
                program.run();
            } finally {
                lock.lock();
            }
        } catch (RuntimeException | Error e) {
            fail(e);
        } finally {
            left[0]--;
            running--;
            passTurn();
            lock.unlock();
        }
    }

    /** Lets everything happen that is planned. */
    void runUntilQuiet() {
        lock.lock();
        try {
            for (long due = nextDue(); due != FOREVER; due = nextDue()) {
                now = Math.max(now, due);
                happen();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits, with the lock, until there is news or the deadline has come. */
    void await(BooleanSupplier news, long deadline) {
        Waiter waiter = new Waiter(news, deadline, lock.newCondition());
        waiters.add(waiter);
        running--;
        passTurn();
        awaitTurn(waiter);
    }

    /** Counts a call of a program, which may be in a loop without end. */
    void countCall() {
        throwFailure();
        if (calls++ == MAX_CALLS) {
            throw new IllegalStateException("a program goes on and on");
        }
    }

    private void awaitTurn(Waiter waiter) {
        while (!waiter.isNext && failure == null) {
            waiter.turn.awaitUninterruptibly();
        }
        throwFailure();
    }

    private void passTurn() {
        if (running > 0) {
            return;
        }
        try {
            Waiter next = next();
            waiters.remove(next);
            running = 1;
            next.isNext = true;
            next.turn.signal();
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    /** Lets time pass until a program has news or its time is over, and returns it. */
    private Waiter next() {
        while (true) {
            Waiter earliest = waiters.get(0);
            for (Waiter waiter : waiters) {
                if (waiter.news.getAsBoolean()) {
                    return waiter;
                }
                earliest = waiter.deadline < earliest.deadline ? waiter : earliest;
            }
            long due = nextDue();
            now = Math.max(now, Math.min(due, earliest.deadline));
            if (earliest.deadline < due) {
                return earliest;
            }
            if (due == FOREVER) {
                throw new IllegalStateException("every program waits, and nothing is on its way");
            }
            happen();
        }
    }

    /** Ends all programs, since one of them has thrown something, or none can go on. */
    private void fail(Throwable cause) {
        failure = failure == null ? cause : failure;
        waiters.forEach(waiter -> waiter.turn.signal());
    }

    private void throwFailure() {
        if (failure != null) {
            throw new IllegalStateException(failure.getMessage(), failure);
        }
    }
}
