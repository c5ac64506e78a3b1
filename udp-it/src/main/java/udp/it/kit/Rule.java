package udp.it.kit;

/**
 * What is checked, one sentence each: the only place where the kit says it. The numbers are those in the documentation
 * of {@link udp.api.Transport} and {@link udp.api.MessageProcessor}; P.11, and those of servers (S), clients (C) and what two
 * of the assignments ask for (A), which are processes in any language, begin here. A number that stands twice is a rule of
 * which one part cannot be tested.
 */
public enum Rule {
    T1_1("1.1", Level.MUST, "A datagram goes in from the position on, and the limit stays"),
    T1_2("1.2", Level.MUST, "An empty datagram gives its sender and no bytes, and is not the end"),
    T1_3("1.3", Level.MUST, "Bytes that do not fit into the buffer are discarded"),
    T1_4("1.4", Level.MUST, "A time limit of zero takes what has arrived and does not wait"),
    T1_5("1.5", Level.MUST, "The call returns null when the time is over, and not before"),
    T1_5_CLOCK("1.5", "Time is measured on the monotonic clock", "a test cannot set the system's clock"),
    T1_6("1.6", Level.MUST, "A connected transport receives from its peer alone"),
    T1_6_CLOSED("1.6", Level.SHOULD, "A closed port of the peer is reported and outlived"),
    T2_1("2.1", Level.MUST, "The remaining bytes leave as one datagram, or an exception tells"),
    T2_1_RECEIVED("2.1", "Sent is not received", "UDP acknowledges nothing, so there is nothing to see"),
    T2_2("2.2", Level.MUST, "Heap, direct, sliced and read-only buffers all work"),
    T2_3("2.3", Level.MUST, "An empty datagram is sent or refused, never silently dropped"),
    T2_4("2.4", Level.MUST, "A connected transport refuses any other destination"),
    T2_5("2.5", Level.MUST, "A destination that nothing can be sent to is an IOException"),
    T3_1("3.1", Level.MUST, "Closing again does nothing"),
    T3_2("3.2", Level.MUST, "Closing wakes a thread that waits in receive"),
    T3_3("3.3", Level.MUST, "Every call after closing is a ClosedChannelException"),
    T3_4("3.4", Level.MUST, "The port is free when close returns"),
    T3_5("3.5", Level.MUST, "The local address is the one bound, also after closing"),
    T4_1("4.1", Level.MUST, "One thread may receive while another sends"),
    T4_1_TWO("4.1", "Two receivers, or two senders, take turns or may not be", "the implementation may choose"),
    T4_2("4.2", Level.MUST, "An interrupt closes the transport or goes unnoticed"),
    T4_2_SPIN("4.2", "An unnoticed interrupt does not make it spin", "no measure of it holds on a busy machine"),

    P1("P.1", Level.MUST, "The message is the bytes from the position to the limit"),
    P2("P.2", Level.MUST, "The answer is put in from the position on, and no limit changes"),
    P3("P.3", Level.MUST, "There is always an outcome"),
    P4("P.4", Level.MUST, "Nothing of a message is in the answer to the next"),
    P5("P.5", Level.MUST, "The empty message is a message like any other"),
    P6("P.6", Level.MUST, "Malformed UTF-8 throws nothing"),
    P7("P.7", Level.MUST, "No size throws anything but BufferOverflowException"),
    P8("P.8", Level.MUST, "The answer does not depend on the locale"),
    P9("P.9", Level.MUST, "The answer does not depend on the default charset"),
    P10("P.10", "One that is shared is thread-safe", "a race shows itself by luck"),
    P11("P.11", Level.MUST, "The answer is that of the processor named by --expect"),

    S1("S.1", Level.MUST, "A sentence is answered"),
    S2("S.2", Level.MUST, "Characters beyond ASCII come through whole (UTF-8)"),
    S3("S.3", Level.SHOULD, "Letters are more than a to z"),
    S4("S.4", Level.MUST, "The answer does not depend on locale and default charset"),
    S5("S.5", Level.MUST, "Messages of up to 2,048 bytes are answered whole"),
    S6("S.6", Level.SHOULD, "Messages of up to 65,507 bytes are answered whole"),
    S7("S.7", Level.MUST, "An empty datagram is answered or not, and is not the end"),
    S8("S.8", Level.MUST, "Blanks and line ends of the message are kept"),
    S9("S.9", Level.MUST, "Nothing is added to the answer"),
    S10("S.10", Level.MUST, "Nothing of a request is in the answer to the next"),
    S11("S.11", Level.MUST, "Each of many clients gets its own answer"),
    S12("S.12", Level.MUST, "One request has one answer, from the port that was asked"),
    S13("S.13", Level.MUST, "Malformed UTF-8, NULs and random bytes do not end it"),
    S14("S.14", Level.MUST, "A datagram from port 0 does not end it"),
    S15("S.15", Level.MUST, "SIGTERM ends it, and the port is free"),

    C1("C.1", Level.MUST, "The sentence is sent, and the answer to it printed"),
    C2("C.2", Level.MUST, "Characters beyond ASCII come through whole (UTF-8)"),
    C3("C.3", Level.SHOULD, "What is sent does not depend on the default charset"),
    C4("C.4", Level.MUST, "No NUL is added to the sentence"),
    C5("C.5", Level.SHOULD, "The line end is not part of the sentence"),
    C6("C.6", Level.MUST, "Sentences of up to 2,048 bytes are sent whole"),
    C7("C.7", Level.MUST, "Answers of up to 2,048 bytes are printed whole"),
    C8("C.8", Level.SHOULD, "Answers of up to 65,507 bytes are printed whole"),
    C9("C.9", Level.MUST, "Nothing is printed after the answer"),
    C10("C.10", Level.MUST, "An empty answer is an answer"),
    C11("C.11", Level.MUST, "An answer from a stranger is not taken"),
    C12("C.12", Level.SHOULD, "A lost request is sent again"),
    C13("C.13", Level.MUST, "A late or doubled answer is not taken for that to the next"),
    C14("C.14", Level.MUST, "It ends, with an exit status other than 0, if nobody answers"),
    C15("C.15", Level.MUST, "Datagrams from strangers do not make it wait longer"),
    C16("C.16", Level.MUST, "SIGTERM ends it while it waits"),
    C17("C.17", Level.SHOULD, "Losses as --loss says, and late answers, spoil no answer"),

    A2_1("A2.1", Level.MUST, "Ten pings are sent, no two alike"),
    A2_2("A2.2", Level.MUST, "A ping without reply is given up, and the next is sent"),
    A2_3("A2.3", Level.MUST, "Sent, received and loss are counted"),
    A2_4("A2.4", Level.MUST, "A late reply is not counted for the ping after it"),
    A2_5("A2.5", Level.MUST, "A reply from a stranger is not counted"),
    A2_6("A2.6", Level.MUST, "Least, mean and longest round-trip time are in milliseconds"),
    A2_7("A2.7", Level.MUST, "Without any reply all is lost, and the exit status is 1"),

    A5_1("A5.1", Level.MUST, "A file arrives as it is, and both programs end with status 0"),
    A5_2("A5.2", Level.MUST, "An empty file arrives as an empty file"),
    A5_3("A5.3", Level.MUST, "Losses, of acknowledgements too, are made good"),
    A5_4("A5.4", Level.MUST, "Doubled and overtaken datagrams do not harm the file"),
    A5_5("A5.5", Level.MUST, "No datagram has more than 1,472 bytes"),
    A5_6("A5.6", Level.MUST, "The sender gives up, with a status other than 0, if nobody answers"),
    A5_7("A5.7", Level.SHOULD, "Bytes that were changed on their way do not get into the file"),
    A5_8("A5.8", Level.SHOULD, "Several datagrams are on their way at the same time (a window)");

    /** Whether the rule is a duty. */
    public enum Level {
        /** It does not work without. */
        MUST,
        /** It works, but less well than it could. */
        SHOULD
    }

    private final String number;
    private final Level level;
    private final String sentence;
    private final String untestable;

    Rule(String number, Level level, String sentence) {
        this(number, level, sentence, null);
    }

    Rule(String number, String sentence, String untestable) {
        this(number, Level.MUST, sentence, untestable);
    }

    Rule(String number, Level level, String sentence, String untestable) {
        this.number = number;
        this.level = level;
        this.sentence = sentence;
        this.untestable = untestable;
    }

    /**
     * Its number.
     *
     * @return such as {@code 1.1}
     */
    public String number() {
        return number;
    }

    /**
     * Whether it is a duty.
     *
     * @return MUST or SHOULD
     */
    public Level level() {
        return level;
    }

    /**
     * The rule itself.
     *
     * @return a sentence, without its full stop
     */
    public String sentence() {
        return sentence;
    }

    /**
     * Why there is no test.
     *
     * @return the reason, or null if there is a test
     */
    public String untestable() {
        return untestable;
    }
}
