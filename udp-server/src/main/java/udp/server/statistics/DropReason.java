package udp.server.statistics;

/** The reason why a datagram that was received got no reply. */
public enum DropReason {
    /** The source must not be answered: port 0, an echo-like service, a broadcast address, or this server itself. */
    SOURCE_REFUSED("source refused"),
    /** The source's network has had all its replies of this second ({@code --rate-limit}). */
    RATE_LIMITED("rate limited"),
    /** The request looks like part of an endless exchange with another server. */
    LOOP_SUSPECTED("loop suspected"),
    /** The processor wants no reply. */
    NO_REPLY("no reply wanted"),
    /** The processor threw an exception. */
    PROCESSOR_FAILED("processor failed"),
    /** The reply does not fit into a datagram. */
    REPLY_TOO_LARGE("reply too large"),
    /** The socket refused to send the reply. */
    SEND_FAILED("send failed");

    private final String text;

    DropReason(String text) {
        this.text = text;
    }

    /** Returns the reason in words, such as {@code processor failed}. */
    @Override
    public String toString() {
        return text;
    }
}
