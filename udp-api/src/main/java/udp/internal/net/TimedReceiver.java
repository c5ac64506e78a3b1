package udp.internal.net;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.TimeUnit;

/**
 * The time limit of a {@link DatagramChannel}, whose own {@code receive} has none. The {@link DatagramSocket} that is its
 * other view has one. A selector can wait for a limited time too, but it is made for many channels: opening and closing one
 * takes ten system calls and two descriptors.
 */
public final class TimedReceiver {
    private final DatagramChannel channel;
    private BufferPacket packet; // null until the first wait

    /** Takes over the receiving side of a channel. If the channel is non-blocking, it becomes blocking with the first wait. */
    public TimedReceiver(DatagramChannel channel) {
        this.channel = channel;
    }

    /** Opens a blocking channel of a family. It fails with an {@link IOException} if the host has no such family. */
    public static DatagramChannel openChannel(ProtocolFamily family) throws IOException {
        try {
            return DatagramChannel.open(family);
        } catch (LinkageError e) {
            throw new SocketException("the JVM cannot load its classes for sockets (" + rootCause(e) + ")");
        } catch (UnsupportedOperationException e) {
            throw new SocketException("this JVM does not speak " + family.name() + ": " + e.getMessage());
        }
    }

    /** Loads what closing a channel needs: JDK 17 needs descriptors for that, and there may be none left later. */
    public static void loadClose(ProtocolFamily family) throws IOException {
        openChannel(family).close();
    }

    private static Throwable rootCause(Throwable e) {
        return e.getCause() == null ? e : rootCause(e.getCause());
    }

    /** Waits for a datagram and returns its sender. */
    public InetSocketAddress receive(ByteBuffer buffer) throws IOException {
        // On a connected channel, read() would return -1 for an empty datagram (rule 1.2); receive() does not.
        SocketAddress sender = channel.receive(buffer);
        if (sender == null) { // The channel is non-blocking.
            channel.configureBlocking(true);
            sender = channel.receive(buffer);
        }
        return (InetSocketAddress) sender;
    }

    /** Waits at most the given milliseconds for a datagram. Returns its sender, or null if none came. */
    public InetSocketAddress receive(ByteBuffer buffer, int millis) throws IOException {
        if (!channel.isBlocking()) { // A look loads fewer classes than a wait. Often the reply is there already.
            SocketAddress sender = channel.receive(buffer);
            if (sender != null || millis == 0) {
                return (InetSocketAddress) sender;
            }
            channel.configureBlocking(true); // For good: each change would wait for a thread that sends (rule 4.1).
        }
        return await(buffer, Math.max(millis, 1)); // To the socket, 0 is no limit (rule 1.4).
    }

    private InetSocketAddress await(ByteBuffer buffer, int millis) throws IOException {
        if (packet != null) {
            return awaitOnce(buffer, millis);
        }
        long start = System.nanoTime();
        packet = new BufferPacket();
        InetSocketAddress sender = awaitOnce(buffer, 1); // In a new JVM, this loads classes, as a part of the wait.
        int left = millis - (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        return sender == null && left > 0 ? awaitOnce(buffer, left) : sender;
    }

    private InetSocketAddress awaitOnce(ByteBuffer buffer, int millis) throws IOException {
        DatagramSocket socket = channel.socket();
        socket.setSoTimeout(millis);
        try {
            socket.receive(packet.wrap(buffer));
            return packet.moveInto(buffer);
        } catch (SocketTimeoutException e) {
            return null;
        }
    }
}
