package udp.client;

import java.net.BindException;

/** Reports that the port to send from, which the caller chose, is not available. */
final class LocalPortException extends BindException {
    private static final long serialVersionUID = 1;

    LocalPortException(String message) {
        super(message);
    }
}
