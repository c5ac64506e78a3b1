package udp.it.diagram;

/** The side of an exchange: a lifeline of the diagram. */
enum Side {
    CLIENT,
    SERVER;

    Side other() {
        return this == CLIENT ? SERVER : CLIENT;
    }

    /** Returns the name of this side's program in its trace. */
    String program() {
        return this == CLIENT ? "udp-client" : "udp-server";
    }

    @Override
    public String toString() {
        return this == CLIENT ? "client" : "server";
    }
}
