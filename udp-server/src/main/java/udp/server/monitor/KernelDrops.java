package udp.server.monitor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How many datagrams the system has dropped before a program could receive them, for want of room in the socket's buffer
 * above all: the last column of {@code /proc/net/udp} and {@code udp6} (proc_net_udp(5)), where there are such files.
 */
public final class KernelDrops {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));

    private KernelDrops() {}

    /** The sum over the open sockets that are bound to these addresses, or empty if this system does not tell. */
    public static OptionalLong of(Collection<InetSocketAddress> bound) {
        return of(bound, TABLES);
    }

    public static OptionalLong of(Collection<InetSocketAddress> bound, List<Path> tables) {
        Set<InetSocketAddress> addresses = Set.copyOf(bound);
        boolean told = false;
        long sum = 0;
        for (Path table : tables) {
            try {
                List<String> lines = Files.readAllLines(table);
                for (String line : lines.subList(1, lines.size())) { // the first has the names of the columns
                    String[] columns = line.trim().split(" +");
                    if (addresses.contains(address(columns[1]))) {
                        sum += Long.parseLong(columns[columns.length - 1]);
                    }
                }
                told = true;
            } catch (IOException | RuntimeException e) {
                // another system, or one that is written in another way
            }
        }
        return told ? OptionalLong.of(sum) : OptionalLong.empty();
    }

    /** Such as 0100007F:C357: words of four bytes in the order of the processor, and the port. */
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
