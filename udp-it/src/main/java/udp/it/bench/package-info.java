/**
 * The benchmark: each client transport against each server over loopback.
 *
 * <p>Unless a method says otherwise, passing {@code null} to it throws {@link NullPointerException}.
 */
package udp.it.bench;
