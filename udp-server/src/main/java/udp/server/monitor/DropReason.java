package udp.server.monitor;

/** Why a datagram that was received was not answered. */
public enum DropReason {
    /** Its source is none that may be answered: port 0, a service that answers all, a broadcast address, this server. */
    SOURCE_REFUSED("source refused"),
    /** Its network has had its answers for this second ({@code --rate-limit}). */
    RATE_LIMITED("rate limited"),
    /** It looks like a part of an endless conversation with another server. */
    LOOP_SUSPECTED("loop suspected"),
    /** The processor answers nothing to it. */
    NO_REPLY("no reply wanted"),
    /** The processor threw an exception. */
    PROCESSOR_FAILED("processor failed"),
    /** The answer does not fit into a datagram. */
    ANSWER_TOO_LARGE("answer too large"),
    /** The socket refused to send the answer. */
    SEND_FAILED("send failed");

    private final String text;

    DropReason(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
