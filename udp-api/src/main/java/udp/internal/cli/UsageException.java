package udp.internal.cli;

import java.util.function.Supplier;
import udp.internal.text.Printable;

/** Wrong usage: a bad option, value, name or host. The message says in one line what is wrong; the exit status is 2. */
public final class UsageException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    public UsageException(String message) {
        super(message);
    }

    /** Looks something up, and turns an {@link IllegalArgumentException} into wrong usage with the same message. */
    public static <T> T orRefuse(Supplier<T> lookUp) {
        try {
            return lookUp.get();
        } catch (IllegalArgumentException e) {
            throw new UsageException(Printable.failure(e));
        }
    }
}
