package udp.contract;

/**
 * The rules, one binding sentence each, and behind it the intent: the only place where the kit says them. The numbers of
 * the first two groups are those in the documentation of {@link udp.api.Transport} and {@link udp.api.MessageProcessor}.
 * P.11 and the rules of servers (S), clients (C) and assignments (A), which are programs in any language, have their
 * numbers from here. A number that stands twice is a rule with two parts, of which a test may show only one.
 */
public enum Rule {
    T1_1("1.1", "receive MUST fill from the position on and keep the limit", "flipping is the caller's part"),
    T1_2("1.2", "receive MUST return the sender of an empty datagram", "UDP has no end of stream"),
    T1_3("1.3", "receive MUST discard bytes that do not fit into the buffer", "a datagram is not a stream"),
    T1_4("1.4", "receive with a limit of zero MUST NOT wait", "it takes what has arrived already"),
    T1_5("1.5", "receive MUST return null when the time is over, not before", "the caller counts on its time limit"),
    T1_5_CLOCK(
            "1.5",
            "Time MUST be measured on the monotonic clock",
            "the system's clock may be set",
            "a test cannot set the system's clock"),
    T1_6("1.6", "A connected transport MUST receive from its peer alone", "a stranger must not reply"),
    T1_6_CLOSED("1.6", "A closed port SHOULD be reported and outlived", "the peer may start later"),
    T2_1("2.1", "send MUST send all remaining bytes as one datagram, or throw", "success must mean that they left"),
    T2_1_RECEIVED(
            "2.1",
            "A caller MUST NOT take sent for received",
            "UDP acknowledges nothing",
            "UDP acknowledges nothing, so there is nothing to see"),
    T2_2("2.2", "send MUST accept heap, direct, sliced and read-only buffers", "not every buffer has an array"),
    T2_3("2.3", "send MUST send an empty datagram or refuse it", "the JDK's connected sockets drop it silently"),
    T2_4("2.4", "A connected transport MUST refuse any other destination", "the caller has made a mistake"),
    T2_5("2.5", "send MUST throw IOException if it cannot reach a destination", "a bad address must not end a server"),
    T3_1("3.1", "close MUST do nothing if the transport is closed", "several threads may close"),
    T3_2("3.2", "close MUST wake a thread that waits in receive", "otherwise that thread waits forever"),
    T3_3("3.3", "Calls after close MUST throw ClosedChannelException", "a loop can tell its end from a failure"),
    T3_4("3.4", "The port MUST be free when close returns", "a restart must not fail"),
    T3_5("3.5", "localAddress MUST return the bound address, closed or not", "logs name it after closing"),
    T4_1("4.1", "One thread MUST be able to receive while another sends", "two directions are independent"),
    T4_1_TWO(
            "4.1",
            "Concurrent receivers, or senders, MUST take turns or be forbidden",
            "a datagram must not be mixed with another",
            "the implementation may choose"),
    T4_2("4.2", "An interrupt MUST close the transport or go unnoticed", "no third state surprises the caller"),
    T4_2_SPIN(
            "4.2",
            "An unnoticed interrupt MUST NOT make receive spin",
            "a spin wastes a CPU",
            "no measure of it holds on a busy machine"),

    P1("P.1", "A processor MUST read from the position to the limit", "the buffer may hold more than the message"),
    P2("P.2", "A processor MUST put from the position on and change no limit", "flipping is the caller's part"),
    P3("P.3", "A processor MUST always return an outcome", "null says neither reply nor silence"),
    P4("P.4", "A reply MUST NOT hold parts of an earlier message", "a client must not read another client's data"),
    P5("P.5", "A processor MUST accept the empty message", "an empty datagram is a datagram"),
    P6("P.6", "Malformed UTF-8 MUST NOT make a processor throw", "anyone can send it"),
    P7("P.7", "A message's size MUST cause no throw but BufferOverflowException", "anyone chooses the size"),
    P8("P.8", "A reply MUST NOT depend on the locale", "a server replies alike wherever it runs"),
    P9("P.9", "A reply MUST NOT depend on the default charset", "a server replies alike wherever it runs"),
    P10("P.10", "A shared processor MUST be thread-safe", "several workers may call it", "a race shows itself by luck"),
    P11("P.11", "A reply MUST equal that of the processor named by --expect", "only then the task is solved"),

    S1("S.1", "A server MUST reply to a sentence", "this is its job"),
    S2("S.2", "A server MUST keep characters beyond ASCII whole (UTF-8)", "text is more than English"),
    S3("S.3", "A server SHOULD change more letters than a to z", "C's toupper changes bytes"),
    S4("S.4", "A reply SHOULD NOT depend on locale and default charset", "a server replies alike wherever it runs"),
    S5("S.5", "A server MUST reply whole to up to 2,048 bytes", "this is the buffer of the lecture notes"),
    S6("S.6", "A server SHOULD reply whole to up to 65,507 bytes", "this is the largest datagram over IPv4"),
    S7("S.7", "A server MUST outlive an empty datagram", "it is not the end of a stream"),
    S8("S.8", "A server MUST keep blanks and line ends of the message", "a message is not a line"),
    S9("S.9", "A server MUST NOT add anything to the reply", "a datagram carries its own length"),
    S10("S.10", "A reply MUST NOT hold parts of an earlier request", "a client must not read another client's data"),
    S11("S.11", "Each of many clients MUST get its own reply", "the datagram's sender is who asked"),
    S12("S.12", "A request MUST get one reply, from the port asked", "a client accepts no other port"),
    S13("S.13", "A server SHOULD outlive malformed UTF-8, NULs and random bytes", "anyone can send them"),
    S14("S.14", "A server SHOULD outlive a datagram from port 0", "it can be forged, and no reply can be sent"),
    S15("S.15", "A server MUST end on SIGTERM and free its port", "a restart must not fail"),

    C1("C.1", "A client MUST send the sentence and print its reply", "this is its job"),
    C2("C.2", "A client MUST keep characters beyond ASCII whole (UTF-8)", "text is more than English"),
    C3("C.3", "A request SHOULD NOT depend on the default charset", "the server knows nothing of it"),
    C4("C.4", "A client MUST NOT add a NUL to the sentence", "a datagram carries its own length"),
    C5("C.5", "A client SHOULD NOT send the line end", "it is no part of the sentence"),
    C6("C.6", "A client MUST send up to 2,048 bytes whole", "this is the buffer of the lecture notes"),
    C7("C.7", "A client MUST print up to 2,048 bytes whole", "this is the buffer of the lecture notes"),
    C8("C.8", "A client SHOULD print up to 65,507 bytes whole", "this is the largest datagram over IPv4"),
    C9("C.9", "A client MUST NOT print the buffer behind the reply", "the buffer may hold old bytes"),
    C10("C.10", "A client MUST accept an empty reply", "it is not silence"),
    C11("C.11", "A client SHOULD NOT accept a reply from a stranger", "anyone can send to its port"),
    C12("C.12", "A client SHOULD try again from the same port, with growing waits", "UDP does not try again"),
    C13("C.13", "A client MUST NOT take a late or doubled reply for the next", "it would print the wrong reply"),
    C14("C.14", "A client MUST end, with a status other than 0, without reply", "a script must notice"),
    C15("C.15", "Datagrams from strangers SHOULD NOT make a client wait longer", "anyone can send them"),
    C16("C.16", "A client MUST end on SIGTERM while it waits", "a user must be able to stop it"),
    C17("C.17", "No loss of --loss, or late reply, SHOULD spoil a reply", "networks lose and delay"),

    A2_1("A2.1", "A pinger MUST send ten pings, no two alike", "a reply must tell its ping"),
    A2_2("A2.2", "A pinger MUST give up a ping without reply and go on", "loss is what it measures"),
    A2_3("A2.3", "A pinger MUST say it if a ping got no reply in a second", "loss is what it measures"),
    A2_4("A2.4", "A late reply SHOULD NOT count for the next ping", "its time would be wrong"),
    A2_5("A2.5", "A reply from a stranger SHOULD NOT count", "anyone can send to its port"),
    A2_6("A2.6", "A pinger MUST print the time of each reply", "this is its result"),
    A2_7("A2.7", "At the end, least, mean, longest time and loss SHOULD be right", "a lost ping has no time"),
    A2_8("A2.8", "Without reply, loss SHOULD be 100 % and the status not 0", "a script must notice"),

    A5_1("A5.1", "A file MUST arrive unchanged, and both exit statuses be 0", "this is the job"),
    A5_2("A5.2", "An empty file MUST arrive as an empty file", "a file can be empty"),
    A5_3("A5.3", "Lost data and acknowledgements MUST be made good", "networks lose"),
    A5_4("A5.4", "Doubled and reordered datagrams MUST NOT harm the file", "networks double and reorder"),
    A5_5("A5.5", "A datagram MUST NOT have more than 1,472 bytes", "larger ones are sent in fragments"),
    A5_6("A5.6", "A sender MUST give up, with a status other than 0, unheard", "a script must notice"),
    A5_7("A5.7", "Bytes changed on their way SHOULD NOT get into the file", "UDP's checksum is weak"),
    A5_8("A5.8", "Several datagrams SHOULD be on their way at once (a window)", "waiting for each is slow");

    /** The duty of a rule. */
    public enum Level {
        /** The exchange does not work without the rule. */
        MUST,
        /** The exchange works without the rule, but less well. */
        SHOULD
    }

    private final String number;
    private final String sentence;
    private final String intent;
    private final String untestable;

    Rule(String number, String sentence, String intent) {
        this(number, sentence, intent, null);
    }

    Rule(String number, String sentence, String intent, String untestable) {
        this.number = number;
        this.sentence = sentence;
        this.intent = intent;
        this.untestable = untestable;
    }

    /** Returns the number, for example {@code 1.1}. */
    public String number() {
        return number;
    }

    /** Returns whether the rule is a duty, as its sentence says. */
    public Level level() {
        return sentence.contains(" SHOULD ") ? Level.SHOULD : Level.MUST;
    }

    /** Returns the rule as a sentence without its full stop. */
    public String sentence() {
        return sentence;
    }

    /** Returns the reason for the rule. */
    public String intent() {
        return intent;
    }

    /** Returns why no test shows the rule, or null if there is a test. */
    public String untestable() {
        return untestable;
    }
}
