/**
 * The command lines of the programs: options, where their values come from, the streams, and what becomes of a failure.
 *
 * <p>Unless a method says otherwise, passing {@code null} to it throws {@link NullPointerException}.
 */
package udp.internal.cli;
