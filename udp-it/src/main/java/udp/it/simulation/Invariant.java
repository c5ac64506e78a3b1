package udp.it.simulation;

/** What must hold on every network, whatever becomes of the datagrams. */
public enum Invariant {
    OWN_REPLY("a reply belongs to the request for which the client takes it"),
    FIRST_REPLY("the first reply that arrives ends the exchange, at once and as it came"),
    END_IN_TIME("an exchange without a reply ends when its last wait is over"),
    TRIES("a request is sent as often as it was asked for, to each address once in a try"),
    DOUBLED_WAITS("each wait is twice the wait before, counted from its send"),
    NEXT_ADDRESS("an address that is silent or refuses is left for the next, one that replied is the first"),
    CONNECTED("a socket is connected if the request has a byte: then a closed port is reported"),
    NEW_PORT("each request has a new port, the same for all its tries"),
    CLOSED_SOCKET("when an exchange has ended, its sockets are closed"),
    WHOLE_REQUEST("a request leaves as it was given"),
    TRUE_REPORT("a failure says what happened"),
    ONE_REPLY("a request gets one reply, from the address that it was sent to, as the processor made it"),
    NO_FORBIDDEN_REPLY("a source that must not be replied to gets no reply"),
    NO_CRASH("a program ends, and throws only what it promises"),
    COUNTS("every request that was received is counted as replied to or dropped"),
    LOOP_ENDS("a loop of two servers ends within 500 datagrams"),
    HONEST_CLIENT("a client that repeats itself loses at most one datagram"),
    RATE("a network gets no more replies than the limit allows, and no fewer"),
    DRAIN("on SIGTERM, a server replies to what has arrived, for at most a second");

    private final String sentence;

    Invariant(String sentence) {
        this.sentence = sentence;
    }

    @Override
    public String toString() {
        return name() + " (" + sentence + ")";
    }
}
