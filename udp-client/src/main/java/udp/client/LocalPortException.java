package udp.client;

import java.net.BindException;

/** The port to send from, which the user chose, cannot be had. */
final class LocalPortException extends BindException {
    private static final long serialVersionUID = 1;

    LocalPortException(String message) {
        super(message);
    }
}
