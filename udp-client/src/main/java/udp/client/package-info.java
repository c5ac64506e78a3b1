/**
 * The client side: two transports that connect, the exchange with its time limit and retransmissions, and the program.
 *
 * <p>Unless a method says otherwise, passing {@code null} to it throws {@link NullPointerException}.
 */
package udp.client;
