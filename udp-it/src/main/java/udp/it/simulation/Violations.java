package udp.it.simulation;

import java.util.Locale;
import java.util.Set;
import udp.internal.text.Printable;

/** The first violation of an invariant in a run. */
final class Violations {
    private final Set<Invariant> ignored;
    private Invariant broken;
    private String text;

    /** Prepares to note violations of all invariants but these. */
    Violations(Invariant... ignored) {
        this.ignored = Set.of(ignored);
    }

    /** Notes a violation, unless the condition holds. Later violations may be consequences of the first. */
    void require(boolean condition, Invariant invariant, String what, Object... values) {
        if (!condition && broken == null && !ignored.contains(invariant)) {
            broken = invariant;
            text = Printable.line(String.format(Locale.ROOT, what, values));
        }
    }

    /** Returns the invariant that was broken first, or null. */
    Invariant broken() {
        return broken;
    }

    @Override
    public String toString() {
        return broken == null ? "no violation" : broken + ": " + text;
    }
}
