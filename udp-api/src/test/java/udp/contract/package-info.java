/**
 * The rules of {@link udp.api.Transport} and {@link udp.api.MessageProcessor} as JUnit tests. Whoever writes a transport
 * or a processor extends {@link udp.contract.TransportContract}, {@link udp.contract.ConnectedTransportContract} or
 * {@link udp.contract.MessageProcessorContract} in a test class; each has one method to implement. A failure says what was
 * expected, what happened, and the common cause.
 *
 * <p>A new rule takes a constant of {@link udp.contract.Rule} and a method with {@link udp.contract.Verifies} that is named
 * {@code rule_} and the rule's number.
 */
package udp.contract;
