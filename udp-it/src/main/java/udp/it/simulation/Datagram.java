package udp.it.simulation;

import java.net.InetSocketAddress;

/**
 * A datagram of a simulated network.
 *
 * @param exchange the exchange that it belongs to: that of the client which sent it, or of the request that the server replies
 *     to; the network knows it, the programs do not
 */
record Datagram(InetSocketAddress from, InetSocketAddress to, byte[] bytes, long exchange) {
    Datagram with(byte[] other) {
        return new Datagram(from, to, other, exchange);
    }
}
