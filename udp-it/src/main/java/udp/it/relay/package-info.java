/**
 * A bad network as a program: a relay between clients and a server that loses, delays, duplicates, reorders and damages
 * datagrams.
 */
package udp.it.relay;
