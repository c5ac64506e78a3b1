/**
 * The counts of a server: how many requests it received, how many replies it sent, and why the others got none.
 *
 * <p>Unless a method says otherwise, passing {@code null} to it throws {@link NullPointerException}.
 */
package udp.server.statistics;
