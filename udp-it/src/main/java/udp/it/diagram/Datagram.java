package udp.it.diagram;

/** A datagram, or a second copy of one; sent or received is null if no trace has it. */
record Datagram(int number, TraceStep sent, TraceStep received, Fate fate) {
    /** The side that it comes from. */
    Side from() {
        return sent != null ? sent.side() : received.side().other();
    }

    TraceStep either() {
        return sent != null ? sent : received;
    }

    long travelNanos() {
        return received.nanos() - sent.nanos();
    }
}
