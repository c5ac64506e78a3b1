package udp.internal.trace;

/** What happens in a step of an exchange, in the words of the socket interface. */
public enum Call {
    /** The look-up of a name. */
    GETADDRINFO("getaddrinfo()"),
    /** A socket is made. */
    SOCKET("socket()"),
    /** It gets its port, and its address unless that is left to connecting. */
    BIND("bind()"),
    /** It gets its peer, and the address of its own that leads there. */
    CONNECT("connect()"),
    /** A datagram leaves. */
    SENDTO("sendto()"),
    /** A datagram has come. */
    RECVFROM("recvfrom()"),
    /** The server has made an answer of a request. */
    PROCESS("process request"),
    /** The client has printed a reply. */
    PRINT("print reply"),
    /** No datagram has come in time. */
    TIME_OUT("time-out"),
    /** The client is going to send its request again. */
    RETRANSMISSION("retransmission"),
    /** The socket is given back, and its port with it. */
    CLOSE("close()");

    private final String text;

    Call(String text) {
        this.text = text;
    }

    /** As in a trace, such as {@code sendto()} or {@code time-out}. */
    @Override
    public String toString() {
        return text;
    }
}
