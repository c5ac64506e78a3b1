package udp.internal.fault;

/** What the links of one direction have in common: each socket of a program has its own link. Thread-safe. */
final class Route {
    private final LinkFaults faults;
    private int number;

    Route(LinkFaults faults) {
        this.faults = faults;
    }

    /** Returns the number of the next datagram. The first is 1. */
    synchronized int nextNumber() {
        return ++number;
    }

    Chances chances(int number) {
        return faults.script().getOrDefault(number, faults.chances());
    }
}
