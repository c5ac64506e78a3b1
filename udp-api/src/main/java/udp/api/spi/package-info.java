/**
 * The interfaces by which programs find transports and processors with {@link java.util.ServiceLoader}, and the class
 * that all transports extend.
 *
 * <p>Unless the documentation of a method says otherwise, a null argument makes it throw a
 * {@link NullPointerException}.
 */
package udp.api.spi;
