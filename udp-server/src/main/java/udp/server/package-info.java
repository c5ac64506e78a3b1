/**
 * The server side. To see what happens to a request, read in this order, and stop:
 *
 * <ol>
 * <li>{@link udp.server.Main}: reads the options, binds, starts the server
 * <li>{@link udp.server.Server}: has a worker for each socket; starts and closes them
 * <li>{@code Worker}: one thread, one socket; replaces the socket if it fails
 * <li>{@code ReceiveLoop}: receives, checks, processes, replies
 * <li>{@link udp.api.spi.AbstractTransport}: what all transports do around a socket call
 * <li>{@code ChannelServerTransport}: the socket calls on a {@code DatagramChannel}; {@code SocketServerTransport} beside
 *     it makes the same calls on a {@code DatagramSocket}
 * </ol>
 *
 * <p>{@code ServerSockets} binds, {@code StopSignal} tells the workers to stop. What the loop asks stands in packages of
 * its own: {@code guard} refuses requests, {@code monitor} counts and logs, {@code processor} makes replies, {@code cli} is
 * the command line.
 *
 * <p>A server in a program of your own:
 *
 * <pre>{@code
 * try (Server server = Server.start(transport, MessageProcessor.ofText(String::toUpperCase))) {
 *     server.await();
 * }
 * }</pre>
 *
 * <p>Unless a method says otherwise, passing {@code null} to it throws {@link NullPointerException}.
 */
package udp.server;
