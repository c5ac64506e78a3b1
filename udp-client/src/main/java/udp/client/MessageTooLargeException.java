package udp.client;

/** A message that does not fit into a datagram; nothing was sent. */
final class MessageTooLargeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    MessageTooLargeException(String message) {
        super(message);
    }
}
