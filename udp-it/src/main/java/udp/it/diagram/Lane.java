package udp.it.diagram;

import java.util.List;
import java.util.Locale;

/**
 * A lifeline of the diagram: a client, the network in between, or the server.
 *
 * @param index its place from left to right, from 0 on
 * @param title for example {@code client 2}
 * @param endpoints the addresses of its sockets in the order of their use; several clients that no trace is of may share
 *     a lane, one after the other
 * @param isTraced whether there is a trace of the program: without it, no step is on the lane, and arrows end at its line
 */
record Lane(int index, Kind kind, String title, List<Endpoint> endpoints, boolean isTraced) {
    /** The kinds of lanes, from left to right. */
    enum Kind {
        CLIENT,
        NETWORK,
        SERVER;

        /** Returns the kind of a program's lane. */
        static Kind ofProgram(String program) {
            return switch (program) {
                case "udp-client" -> CLIENT;
                case "udp-it proxy" -> NETWORK;
                case "udp-server" -> SERVER;
                default ->
                    throw new IllegalArgumentException("a trace of " + program
                            + ", which is none of udp-client, udp-server and udp-it proxy, the relay");
            };
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Returns a hash that does not take all endpoints. */
    @Override
    public int hashCode() {
        return index;
    }

    @Override
    public String toString() {
        return title;
    }
}
