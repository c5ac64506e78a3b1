package udp.server.monitor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The number of datagrams that the system dropped before a program could receive them, most of them because the socket's
 * buffer was full. It is the last column of {@code /proc/net/udp} and {@code udp6} (proc_net_udp(5)), where these files
 * exist. Thread-safe.
 */
public final class KernelDrops {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));

    private final Set<InetSocketAddress> bound;
    private final List<Path> tables;
    private final Map<String, Long> drops = new HashMap<>(); // by socket, also of those that are closed
    private boolean told;
    private boolean frozen;

    /** Counts for the sockets that are bound to these addresses. */
    public KernelDrops(Collection<InetSocketAddress> bound) {
        this(bound, TABLES);
    }

    KernelDrops(Collection<InetSocketAddress> bound, List<Path> tables) {
        this.bound = Set.copyOf(bound);
        this.tables = tables;
    }

    /**
     * Returns the sum over the sockets, or empty if this system does not tell. The system forgets the count of a socket
     * that is closed. So this object remembers it: count before you close.
     */
    public synchronized OptionalLong count() {
        if (!frozen) {
            read();
        }
        return told
                ? OptionalLong.of(
                        drops.values().stream().mapToLong(Long::longValue).sum())
                : OptionalLong.empty();
    }

    /** Counts for the last time, since another program may get the port. */
    public synchronized void freeze() {
        count();
        frozen = true;
    }

    private void read() {
        for (Path table : tables) {
            try {
                List<String> lines = Files.readAllLines(table);
                for (String line : lines.subList(1, lines.size())) { // The first line has the names of the columns.
                    String[] columns = line.trim().split(" +");
                    if (bound.contains(address(columns[1]))) {
                        drops.put(columns[columns.length - 4], Long.parseLong(columns[columns.length - 1]));
                    }
                }
                told = true;
            } catch (IOException | RuntimeException | Error e) { // Loading a class may fail.
                // Other systems have no such table, or write it in another form.
            }
        }
    }

    /** Reads an address such as 0100007F:C357: words of four bytes in the byte order of the CPU, and the port. */
    private static InetSocketAddress address(String column) throws IOException {
        int colon = column.indexOf(':');
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(column, 0, colon));
        if (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
            for (int i = 0; i < bytes.capacity(); i += Integer.BYTES) {
                bytes.putInt(i, Integer.reverseBytes(bytes.getInt(i)));
            }
        }
        return new InetSocketAddress(
                InetAddress.getByAddress(bytes.array()), HexFormat.fromHexDigits(column, colon + 1, column.length()));
    }
}
