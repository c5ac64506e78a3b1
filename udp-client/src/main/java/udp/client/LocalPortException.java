package udp.client;

import java.net.BindException;
import udp.internal.text.Printable;

/** Reports that the port to send from, which the caller chose, is not available. */
final class LocalPortException extends BindException {
    private static final long serialVersionUID = 1;

    private LocalPortException(String message) {
        super(message);
    }

    /** Returns what to throw if a port cannot be bound. */
    static BindException of(int port, BindException cause) {
        return new LocalPortException("cannot send from port " + port + ": " + Printable.failure(cause));
    }
}
