/** The parts of a socket that the four transports share: addresses, the channel with a time limit, the packet over a buffer. */
package udp.internal.net;
