package udp.it.bench;

/** Who is measured: the name of a client transport and that of a server. */
record Pair(String client, String server) {
    @Override
    public String toString() {
        return client + " to " + server;
    }
}
