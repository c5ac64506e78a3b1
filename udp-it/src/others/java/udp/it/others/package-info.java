/** Servers with other libraries, for a comparison with ours. Each binds to loopback, on the port of its argument. */
package udp.it.others;
