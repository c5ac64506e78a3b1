/**
 * Draws what a client's and a server's trace file tell as one sequence diagram.
 *
 * <p>Unless a method says otherwise, passing {@code null} to it throws {@link NullPointerException}.
 */
package udp.it.diagram;
