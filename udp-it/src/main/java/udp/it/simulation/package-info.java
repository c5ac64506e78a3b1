/**
 * A network in one thread and in virtual time, on which the real client and the real server loop run: nothing waits, and each
 * datagram has the fate that a script or a seed gives it.
 */
package udp.it.simulation;
