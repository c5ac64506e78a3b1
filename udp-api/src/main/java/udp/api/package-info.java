/**
 * UDP request and response in two interfaces: {@link udp.api.Transport} moves datagrams, {@link udp.api.MessageProcessor}
 * says what a request becomes.
 *
 * <p>Unless a method says otherwise, passing {@code null} to it throws {@link NullPointerException}.
 */
package udp.api;
