/** The parts that sockets share: addresses, the channel with a time limit, the packet over a buffer, what binds the wildcard. */
package udp.internal.net;
