package udp.it.diagram;

/**
 * The way of a datagram, or of a copy of it, from one lane to another. With a relay, a datagram has an arrow to the
 * network, and another from there for each copy.
 *
 * @param name the relay's name of the datagram, for example {@code c1}, empty if the relay has none for it; or a guess,
 *     for example {@code #1}; equal for all arrows of a datagram
 * @param sent the step that sent it, or null if no trace has that
 * @param received the step that received it, or null if no trace has that
 * @param fate what happened to it
 * @param words its fate in words; with a relay, these are the relay's words
 */
record Arrow(String name, Lane from, Lane to, TraceStep sent, TraceStep received, Fate fate, String words) {
    /** The kinds of what happens to a datagram. */
    enum Fate {
        DELIVERED("delivered"),
        /** It left, and no trace is of the receiver. */
        SENT("sent"),
        LATE("late"),
        ALTERED("altered"),
        DUPLICATE("duplicate"),
        LOST("lost"),
        /** The relay refused it. */
        DROPPED("dropped"),
        /** The receiver had already closed its socket. */
        TOO_LATE("too late"),
        /** No trace has the sender, although there is a trace of the program. */
        UNKNOWN("from elsewhere");

        private final String text;

        Fate(String text) {
            this.text = text;
        }

        /** Returns the kind of a fate in the words of a relay. */
        static Fate ofWords(String words) {
            if (words.startsWith("dropped")) {
                return DROPPED;
            }
            if (words.equals("delivered")) {
                return DELIVERED;
            }
            return words.equals("lost")
                    ? LOST
                    : words.matches(".*(corrupted|truncated).*")
                            ? ALTERED
                            : words.matches(".*(late|overtaken).*") ? LATE : DUPLICATE;
        }

        /** Returns whether the datagram arrived in time, whole and once, as far as the traces know. */
        boolean isUnharmed() {
            return this == DELIVERED || this == SENT;
        }

        /** Returns whether nobody got it. */
        boolean isEnd() {
            return this == LOST || this == DROPPED || this == TOO_LATE;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Returns whether it ends here: at a program, or because it is lost. */
    boolean isLast() {
        return to.kind() != Lane.Kind.NETWORK || fate.isEnd();
    }

    /** Returns what all arrows of its datagram have in common. */
    Object id() {
        return name.isEmpty() ? first() : name;
    }

    /** Returns whether both ends have a step, so that it takes time. */
    boolean hasBothEnds() {
        return sent != null && received != null;
    }

    /** Returns the step that it is drawn at first. */
    TraceStep first() {
        return sent != null ? sent : received;
    }

    /** Returns the time that a datagram with two ends took. */
    long travelNanos() {
        return received.nanos() - sent.nanos();
    }
}
