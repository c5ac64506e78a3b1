package udp.it.diagram;

/** What became of a datagram on its way. */
enum Fate {
    DELIVERED("delivered"),
    LATE("late"),
    ALTERED("altered"),
    DUPLICATE("duplicate"),
    LOST("lost"),
    /** There was no socket any more to receive it. */
    TOO_LATE("too late"),
    /** Received, but sent by nobody whose trace is here. */
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
