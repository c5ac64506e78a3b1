package udp.api;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;

/**
 * A UDP socket with the socket calls of an exchange.
 *
 * <table class="striped">
 * <caption>The socket calls and the methods</caption>
 * <thead><tr><th scope="col">socket call</th><th scope="col">method</th></tr></thead>
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
 * <p>A datagram carries 0 to 65,507 bytes over IPv4 and 0 to 65,527 bytes over IPv6 (RFC 768, 791, 8200). It arrives
 * whole or not at all. It may arrive twice, and after datagrams that were sent later.
 *
 * <h2>Rules</h2>
 *
 * Every implementation keeps these rules. Each test names the rule that it checks.
 *
 * <ol>
 * <li>Receive
 *   <ul>
 *   <li>1.1 receive MUST fill the buffer from its position on, move the position behind the datagram and keep the
 *       limit. Flipping is the caller's part. If nothing was received, the position stays.
 *   <li>1.2 receive MUST return the sender of an empty datagram. An empty datagram is not an end of stream: UDP has
 *       none.
 *   <li>1.3 receive MUST discard bytes that do not fit into the buffer, as {@code recvfrom} does. To notice a loss, a
 *       caller offers one byte more than the largest message that it accepts.
 *   <li>1.4 receive with a limit of {@link Duration#ZERO} MUST NOT wait. It takes a datagram that has arrived already.
 *       (A {@code DatagramSocket} cannot wait for less than a millisecond, so it may wait that long.)
 *   <li>1.5 receive with a limit MUST return {@code null} when the time is over, not before, on the monotonic clock.
 *       The caller counts on its time limit: datagrams that are not received, for example from strangers to a connected
 *       transport, do not extend it.
 *   <li>1.6 A connected transport MUST receive from its peer alone. It SHOULD report a closed port of the peer and stay
 *       usable, because the peer may start later: if the system reports the port (by ICMP), receive or the next send
 *       throws a {@link java.net.PortUnreachableException}.
 *   </ul>
 * <li>Send
 *   <ul>
 *   <li>2.1 send MUST send all remaining bytes as one datagram and move the position to the limit, or throw an
 *       exception and keep the position. A caller MUST NOT take sent for received: UDP acknowledges nothing.
 *   <li>2.2 send MUST accept heap, direct, sliced and read-only buffers. Not every buffer has an array.
 *   <li>2.3 send MUST send an empty datagram or refuse it with an {@link IOException}. The JDK's connected sockets drop
 *       it silently.
 *   <li>2.4 A connected transport MUST refuse any other resolved destination with an {@link IllegalArgumentException}.
 *       The caller has made a mistake.
 *   <li>2.5 send MUST throw an {@link IOException} if it cannot reach the destination: if the destination is
 *       unresolved, has port 0 (reserved, RFC 6335), or belongs to a family that the socket does not speak. A bad
 *       address must not end a server.
 *   </ul>
 * <li>Close
 *   <ul>
 *   <li>3.1 close MUST do nothing if the transport is closed. Several threads may close it.
 *   <li>3.2 close MUST wake a thread that waits in receive, promptly and with a {@link ClosedChannelException}.
 *       Otherwise that thread waits forever.
 *   <li>3.3 Calls of receive and send after close MUST throw a {@link ClosedChannelException}. So a loop can tell its
 *       end from a failure.
 *   <li>3.4 The port MUST be free when close returns. A restart must not fail.
 *   <li>3.5 {@link #localAddress} MUST return the bound address, closed or not. Logs name it after closing.
 *   </ul>
 * <li>Threads
 *   <ul>
 *   <li>4.1 One thread MUST be able to receive while another sends, and a third to close while they wait. Concurrent
 *       receivers, or senders, MUST take turns or be forbidden, as the implementation chooses: datagrams must not be
 *       mixed.
 *   <li>4.2 An interrupt MUST close the transport or go unnoticed until the call returns, and then MUST NOT make
 *       receive spin. To stop a thread, close the transport.
 *   </ul>
 * </ol>
 */
public interface Transport extends Closeable {
    /**
     * Waits for a datagram and puts it into the buffer (rules 1.1 to 1.3, 1.6). Closing the transport ends the wait.
     *
     * @param buffer the buffer that takes the datagram, from its position to its limit; it may be full
     * @return the address and port of the sender
     * @throws ClosedChannelException if the transport is closed, before or during the wait (rules 3.2, 3.3)
     * @throws IOException if the socket fails
     * @throws IllegalArgumentException if the buffer is read-only
     */
    InetSocketAddress receive(ByteBuffer buffer) throws IOException;

    /**
     * Waits for a datagram, but no longer than the given time, and puts it into the buffer (rules 1.1 to 1.6).
     *
     * @param buffer the buffer that takes the datagram, from its position to its limit; it may be full
     * @param timeout the limit of the wait; it is not negative
     * @return the address and port of the sender, or null if no datagram came in time
     * @throws ClosedChannelException if the transport is closed, before or during the wait (rules 3.2, 3.3)
     * @throws IOException if the socket fails
     * @throws IllegalArgumentException if the buffer is read-only or the limit is negative
     */
    InetSocketAddress receive(ByteBuffer buffer, Duration timeout) throws IOException;

    /**
     * Sends the buffer's remaining bytes as one datagram (rules 2.1 to 2.5).
     *
     * @param datagram the bytes to send, from the position of the buffer to its limit
     * @param destination the address and port of the receiver
     * @throws ClosedChannelException if the transport is closed (rule 3.3)
     * @throws IOException if the datagram was not sent; the transport stays usable
     * @throws IllegalArgumentException if the transport is connected to another peer (rule 2.4)
     */
    void send(ByteBuffer datagram, InetSocketAddress destination) throws IOException;

    /**
     * Returns the address and port of the socket, as {@code getsockname} does after {@code bind} and {@code connect}
     * (rule 3.5). If the transport is connected, the address is not the wildcard.
     *
     * @return the local address and port
     */
    InetSocketAddress localAddress();

    /**
     * Closes the socket (rules 3.1 to 3.5).
     *
     * @throws IOException if the system reports a failure; the transport is closed even so
     */
    @Override
    void close() throws IOException;
}
