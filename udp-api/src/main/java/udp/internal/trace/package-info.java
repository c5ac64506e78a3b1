/**
 * Shows each step of a socket exchange as it happens: as text on a terminal, and as lines of JSON in a file.
 *
 * <p>Unless a method says otherwise, passing {@code null} to it throws {@link NullPointerException}.
 */
package udp.internal.trace;
