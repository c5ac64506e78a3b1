package udp.internal.net;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;

/** The buffers of a socket, in which the system keeps datagrams that wait. */
public final class SocketBuffers {
    private static final int BYTES = 4 << 20;

    private SocketBuffers() {}

    /** Asks for buffers of 4 MiB, for bursts. The system grants what it allows. */
    public static void enlarge(NetworkChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.SO_RCVBUF, BYTES);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, BYTES);
    }

    /** Returns the sizes that the system has granted, to be appended to another text. */
    public static String describe(NetworkChannel channel) {
        try {
            return ", SO_RCVBUF " + channel.getOption(StandardSocketOptions.SO_RCVBUF) + ", SO_SNDBUF "
                    + channel.getOption(StandardSocketOptions.SO_SNDBUF);
        } catch (IOException e) {
            return ""; // A closed socket has none.
        }
    }
}
