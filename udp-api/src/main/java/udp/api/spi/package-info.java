/**
 * What a transport or a processor of one's own plugs into, found by {@link java.util.ServiceLoader}, and what all
 * transports have in common.
 *
 * <p>Unless a method says otherwise, passing {@code null} to it throws {@link NullPointerException}.
 */
package udp.api.spi;
