/**
 * The server side: two transports that bind, the loop that receives, processes and sends, and the processors.
 *
 * <p>Unless a method says otherwise, passing {@code null} to it throws {@link NullPointerException}.
 */
package udp.server;
