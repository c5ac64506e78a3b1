/**
 * The sequence diagram of exchanges, drawn from the trace files of clients, a relay and a server. Begin with
 * {@link udp.it.diagram.DiagramCommand}; {@link udp.it.diagram.Matching} finds the send of each datagram that was
 * received, {@link udp.it.diagram.Arrows} gives it its fate, and {@link udp.it.diagram.Lanes} its place.
 */
package udp.it.diagram;
