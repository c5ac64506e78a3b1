/**
 * Monitors: what counts, records and logs.
 *
 * <p>Unless a method says otherwise, passing {@code null} to it throws {@link NullPointerException}.
 */
package udp.server.monitor;
