package udp.it.bench;

import java.io.PrintStream;
import java.time.Duration;
import udp.internal.cli.Shell;
import udp.internal.text.Printable;

/** The progress on standard error: a terminal shows each measurement, anything else each round. */
final class BenchProgress {
    private static final String NEW_LINE = "\r\033[K"; // returns to the beginning of the line and clears it

    private final PrintStream err;
    private final boolean terminal;
    private String round;
    private int steps;
    private int step;

    BenchProgress(Shell shell) {
        this.err = shell.err();
        this.terminal = shell.isTerminal(Shell.ERR);
    }

    void plan(BenchOptions options, int perRound) {
        Duration whole = options.time().multipliedBy((options.rounds() + 1L) * perRound);
        say("udp-it bench: a warm-up and " + options.measured() + ", " + perRound + " measurements in each: "
                + (options.atRate() ? "at most about " : "at least ") + Printable.duration(whole));
    }

    void begin(String name, int measurements) {
        round = name;
        steps = measurements;
        step = 0;
        if (!terminal) {
            say("udp-it bench: " + name);
        }
    }

    void step(String what) {
        step++;
        if (terminal) {
            err.print(NEW_LINE + round + ", " + step + " of " + steps + ": " + what);
            err.flush();
        }
    }

    void failure(String what) {
        clear();
        say("udp-it bench: " + what);
    }

    void end() {
        clear();
    }

    private void clear() {
        if (terminal) {
            err.print(NEW_LINE);
            err.flush();
        }
    }

    private void say(String line) {
        err.println(line);
        err.flush();
    }
}
