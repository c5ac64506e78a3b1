package udp.contract;

import org.opentest4j.TestAbortedException;

/** The reason why a rule does not apply: only the kit throws it, and no other exception leaves a rule out. */
public final class NotApplicable extends TestAbortedException {
    private static final long serialVersionUID = 1;

    private NotApplicable(String reason) {
        super(reason);
    }

    /** Leaves the rule out, unless a condition holds. */
    public static void unless(boolean holds, String reason) {
        if (!holds) {
            throw new NotApplicable(reason);
        }
    }
}
