package udp.internal.trace;

/** A kind of step of an exchange, in the words of the socket interface. */
public enum Call {
    /** Looks up a name. */
    GETADDRINFO("getaddrinfo()"),
    /** Creates a socket. */
    SOCKET("socket()"),
    /** Gives the socket its port, and its address unless connecting chooses it. */
    BIND("bind()"),
    /** Gives the socket its peer, and the own address that leads there. */
    CONNECT("connect()"),
    /** Sends a datagram. */
    SENDTO("sendto()"),
    /** Receives a datagram. */
    RECVFROM("recvfrom()"),
    /** Makes a reply of a request, at the server. */
    PROCESS("process request"),
    /** Prints a reply, at the client. */
    PRINT("print reply"),
    /** Waits in vain for a datagram. */
    TIME_OUT("time-out"),
    /** Announces that the client sends its request again. */
    RETRANSMISSION("retransmission"),
    /** Gives back the socket and its port. */
    CLOSE("close()");

    private final String text;

    Call(String text) {
        this.text = text;
    }

    /** Returns the call of a text, such as {@code sendto()}, or throws {@link IllegalArgumentException}. */
    static Call of(String text) {
        for (Call call : values()) {
            if (call.text.equals(text)) {
                return call;
            }
        }
        throw new IllegalArgumentException("unknown call '" + text + "'");
    }

    /** Returns the call as a trace has it, such as {@code sendto()} or {@code time-out}. */
    @Override
    public String toString() {
        return text;
    }
}
