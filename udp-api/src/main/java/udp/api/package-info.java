/**
 * The two interfaces of the exchange: a {@link udp.api.Transport} moves datagrams, and a
 * {@link udp.api.MessageProcessor} turns requests into replies.
 *
 * <p>Unless the documentation of a method says otherwise, a null argument makes it throw a
 * {@link NullPointerException}.
 */
package udp.api;
