package udp.internal.fault;

/** The bandwidth of a line, and how many datagrams may wait while another one is on it. */
public record Bandwidth(long bitsPerSecond, int queue) {
    public static final Bandwidth UNLIMITED = new Bandwidth(Long.MAX_VALUE, 0);

    private static final int HEADERS =
            20 + 8; // IPv4 and UDP. The link does not know the family, so IPv6 counts the same.

    /** Returns how long a datagram with so many bytes of payload is on the line. */
    long nanos(int payload) {
        return (payload + HEADERS) * 8_000_000_000L / bitsPerSecond;
    }
}
