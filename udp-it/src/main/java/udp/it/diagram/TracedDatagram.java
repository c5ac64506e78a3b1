package udp.it.diagram;

/**
 * A datagram, or a duplicate of it.
 *
 * @param number the same for a datagram and its duplicates
 * @param sent the step that sent it, or null if no trace has that
 * @param received the step that received it, or null if no trace has that
 * @param fate what happened to it on its way
 */
record TracedDatagram(int number, TraceStep sent, TraceStep received, Fate fate) {
    /** The kinds of what happens to a datagram on its way. */
    enum Fate {
        DELIVERED("delivered"),
        LATE("late"),
        ALTERED("altered"),
        DUPLICATE("duplicate"),
        LOST("lost"),
        /** The receiver had already closed its socket. */
        TOO_LATE("too late"),
        /** No trace has the sender. */
        UNKNOWN("from elsewhere");

        private final String text;

        Fate(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Returns the side that sent it. */
    Side from() {
        return sent != null ? sent.side() : received.side().other();
    }

    long travelNanos() {
        return received.nanos() - sent.nanos();
    }
}
