/**
 * The client side. To see what happens to a request, read in this order, and stop:
 *
 * <ol>
 * <li>{@link udp.client.Main}: reads the options, asks the server each message
 * <li>{@link udp.client.Client}: sends, waits, tries again; goes on to the next address of the server
 * <li>{@code RoundTrip}: one socket: sends a request, waits for its reply
 * <li>{@link udp.api.spi.AbstractTransport}: what all transports do around a socket call
 * <li>{@code ChannelClientTransport}: the socket calls on a {@code DatagramChannel}; {@code SocketClientTransport} beside
 *     it makes the same calls on a {@code DatagramSocket}
 * </ol>
 *
 * <p>{@code ServerAddresses} knows which address is next and what a failure is called, {@code PortHistory} opens sockets on
 * ports that were not used lately, {@link udp.client.RetryPolicy} tells how long to wait, {@code cli} is the command line.
 *
 * <p>A client in a program of your own:
 *
 * <pre>{@code
 * try (Client client = Client.of("localhost", 50007)) {
 *     System.out.println(client.ask("hello, world"));
 * }
 * }</pre>
 *
 * <p>Unless a method says otherwise, passing {@code null} to it throws {@link NullPointerException}.
 */
package udp.client;
