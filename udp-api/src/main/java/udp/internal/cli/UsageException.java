package udp.internal.cli;

import java.util.function.Supplier;
import udp.internal.text.Printable;

/** The program was called wrongly: a bad option, value, name or host. Its exit status is 2. */
public final class UsageException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /**
     * A call that cannot be carried out.
     *
     * @param message what is wrong and what to do, in one line
     */
    public UsageException(String message) {
        super(message);
    }

    /**
     * A look-up of what the user named.
     *
     * @param <T> what is looked up
     * @param lookUp throws {@link IllegalArgumentException}, with a message for the user, if it finds nothing
     * @return what it found
     * @throws UsageException if it found nothing
     */
    public static <T> T orRefuse(Supplier<T> lookUp) {
        try {
            return lookUp.get();
        } catch (IllegalArgumentException e) {
            throw new UsageException(Printable.failure(e));
        }
    }
}
