package udp.api;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;

/**
 * A UDP socket: the socket calls of an exchange, and nothing else.
 *
 * <table class="striped">
 * <caption>The socket call and the method</caption>
 * <thead><tr><th scope="col">socket call</th><th scope="col">here</th></tr></thead>
 * <tbody>
 * <tr><td>{@code socket}, then {@code bind} (server) or {@code connect} (client)</td>
 *     <td>{@link udp.api.spi.TransportProvider#open TransportProvider.open}</td></tr>
 * <tr><td>{@code recvfrom}</td><td>{@link #receive(ByteBuffer)}, {@link #receive(ByteBuffer, Duration)}</td></tr>
 * <tr><td>{@code sendto}</td><td>{@link #send}</td></tr>
 * <tr><td>{@code getsockname}</td><td>{@link #localAddress}</td></tr>
 * <tr><td>{@code close}</td><td>{@link #close}</td></tr>
 * </tbody>
 * </table>
 *
 * <p>A datagram carries 0 to 65,507 bytes over IPv4 and 0 to 65,527 over IPv6 (RFC 768, 791, 8200). It arrives whole or
 * not at all, perhaps twice, perhaps after one that was sent later.
 *
 * <h2>Rules</h2>
 *
 * Every implementation keeps these; tests name the rule that they check.
 *
 * <ol>
 * <li>Receive
 *   <ul>
 *   <li>1.1 A datagram is put into the buffer from its position on; the position moves behind it, the limit stays.
 *       Where nothing was received, the position stays too.
 *   <li>1.2 An empty datagram gives its sender and no bytes. It is not an end of stream: UDP has none.
 *   <li>1.3 Bytes that do not fit into the buffer are discarded, as {@code recvfrom} does. A caller that wants to
 *       notice offers one byte more than the largest message it accepts.
 *   <li>1.4 {@link Duration#ZERO} looks once: it takes what has arrived and does not wait. (A
 *       {@code DatagramSocket} cannot wait for less than a millisecond, and that long it may take.)
 *   <li>1.5 Time is measured on the monotonic clock. The call returns {@code null} when it is over, and nothing
 *       that arrives meanwhile, such as datagrams from strangers to a connected transport, extends it.
 *   <li>1.6 A connected transport receives from its peer alone. Where the system tells that the peer's port
 *       is closed (an ICMP message came back), receive or the next send throws a
 *       {@link java.net.PortUnreachableException}, and the transport stays usable.
 *   </ul>
 * <li>Send
 *   <ul>
 *   <li>2.1 The buffer's remaining bytes leave as one datagram and the position moves to the limit; or an exception
 *       says that they did not, and the position stays. Sent is not received: UDP acknowledges nothing.
 *   <li>2.2 Heap, direct, sliced and read-only buffers all work.
 *   <li>2.3 An empty datagram is sent or refused with an {@link IOException}, never silently dropped. (A connected
 *       socket of the JDK cannot send one.)
 *   <li>2.4 A connected transport refuses any other resolved destination with an {@link IllegalArgumentException}.
 *   <li>2.5 A destination that is unresolved, that has port 0 (reserved, RFC 6335), or that is of a family that the
 *       socket does not speak is refused with an {@link IOException}.
 *   </ul>
 * <li>Close
 *   <ul>
 *   <li>3.1 Closing again does nothing.
 *   <li>3.2 A thread that waits in receive is woken promptly and gets a {@link ClosedChannelException}.
 *   <li>3.3 So does every later call of receive and send.
 *   <li>3.4 When close returns, the port is free.
 *   <li>3.5 {@link #localAddress} is the address that was bound, also after closing.
 *   </ul>
 * <li>Threads
 *   <ul>
 *   <li>4.1 One thread may receive while another sends; either may be waiting when a third one closes. Two receivers
 *       or two senders at a time take turns or are the caller's mistake, as the implementation chooses.
 *   <li>4.2 An interrupt closes the transport or goes unnoticed until the call returns, without a spin: to stop, close.
 *   </ul>
 * </ol>
 */
public interface Transport extends Closeable {
    /**
     * Waits for a datagram and puts it into the buffer (rules 1.1 to 1.3, 1.6). To leave the wait, close.
     *
     * @param buffer takes the datagram, from its position to its limit; any room is allowed, even none
     * @return the address and port that the datagram came from
     * @throws ClosedChannelException if the transport is or becomes closed (rules 3.2, 3.3)
     * @throws IOException if the socket fails
     * @throws IllegalArgumentException if the buffer is read-only
     */
    InetSocketAddress receive(ByteBuffer buffer) throws IOException;

    /**
     * As {@link #receive(ByteBuffer)}, but waits no longer than the given time (rules 1.4, 1.5).
     *
     * @param buffer takes the datagram, from its position to its limit; any room is allowed, even none
     * @param timeout how long to wait; not negative
     * @return the address and port that the datagram came from, or null if none came in time
     * @throws ClosedChannelException if the transport is or becomes closed (rules 3.2, 3.3)
     * @throws IOException if the socket fails
     * @throws IllegalArgumentException if the buffer is read-only or the time negative
     */
    InetSocketAddress receive(ByteBuffer buffer, Duration timeout) throws IOException;

    /**
     * Sends the buffer's remaining bytes as one datagram (rules 2.1 to 2.5).
     *
     * @param datagram the bytes to send, from its position to its limit
     * @param destination the address and port to send it to
     * @throws ClosedChannelException if the transport is or becomes closed (rule 3.3)
     * @throws IOException if the datagram was not sent; this transport can still be used
     * @throws IllegalArgumentException if the transport is connected to somewhere else (rule 2.4)
     */
    void send(ByteBuffer datagram, InetSocketAddress destination) throws IOException;

    /**
     * The address and port of the socket, as {@code getsockname} tells after {@code bind} and {@code connect}: that of a
     * connected one is never the wildcard. It stays the same after closing.
     *
     * @return the local address
     */
    InetSocketAddress localAddress();

    /**
     * Closes the socket (rules 3.1 to 3.5).
     *
     * @throws IOException if the system reports a failure; the transport is closed nevertheless
     */
    @Override
    void close() throws IOException;
}
