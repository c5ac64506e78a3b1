package udp.it.diagram;

/** Whose lifeline it is. */
enum Side {
    CLIENT,
    SERVER;

    Side other() {
        return this == CLIENT ? SERVER : CLIENT;
    }

    /** What the program of this side calls itself in its trace. */
    String program() {
        return this == CLIENT ? "udp-client" : "udp-server";
    }

    @Override
    public String toString() {
        return this == CLIENT ? "client" : "server";
    }
}
