/**
 * The sequence diagram of an exchange, drawn from the trace files of a client and a server. Begin with
 * {@link udp.it.diagram.DiagramCommand}; {@link udp.it.diagram.Matching} decides what happened to each datagram.
 */
package udp.it.diagram;
