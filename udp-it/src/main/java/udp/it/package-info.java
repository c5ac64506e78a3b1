/**
 * Server and client together over loopback. {@link udp.it.Main} starts one of the commands, each in its own package, or
 * prints the {@link udp.it.LoopbackMatrix}.
 */
package udp.it;
