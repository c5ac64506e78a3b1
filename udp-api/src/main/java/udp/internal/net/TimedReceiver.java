package udp.internal.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;

/**
 * The receiving side of a {@link DatagramChannel}, with a time limit. A blocking channel has no limit, and a non-blocking
 * channel takes a system call more for a datagram that it must wait for. So the channel stays blocking until the first
 * receive with a limit. One thread may receive while another closes.
 */
public final class TimedReceiver implements Closeable {
    private final DatagramChannel channel;
    private Selector selector; // null until the first wait with a limit

    /** Takes over the receiving side of a channel. */
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

    /** Loads what closing a channel needs: with JDK 17 also descriptors, of which none may be left by then. */
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
        while (sender == null) { // An earlier receive with a limit has made the channel non-blocking.
            select(0);
            sender = channel.receive(buffer);
        }
        return (InetSocketAddress) sender;
    }

    /** Waits at most the given milliseconds for a datagram, or looks once for 0. Returns its sender, or null if none came. */
    public InetSocketAddress receive(ByteBuffer buffer, int millis) throws IOException {
        long start = System.nanoTime();
        channel.configureBlocking(false);
        SocketAddress sender = channel.receive(buffer);
        if (sender == null && millis > 0) {
            selector(); // Opening the first selector takes milliseconds, which are part of the wait.
            long passed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            select((int) Math.max(millis - passed, 1)); // 0 would wait without a limit.
            sender = channel.receive(buffer);
        }
        return (InetSocketAddress) sender;
    }

    /** Closes the channel and the selector. An open selector would go on waiting, and keep the port meanwhile. */
    @Override
    public synchronized void close() throws IOException {
        try {
            channel.close();
        } finally {
            if (selector != null) {
                selector.close();
            }
        }
    }

    private void select(int millis) throws IOException {
        selector().select(millis);
        selector().selectedKeys().clear();
        if (Thread.currentThread().isInterrupted()) {
            // A blocking channel closes too (rule 4.2). If this one stayed open, select() would return at once from now
            // on.
            close();
            throw new ClosedByInterruptException();
        }
    }

    private synchronized Selector selector() throws IOException {
        if (selector == null) {
            Selector opened = Selector.open();
            try {
                channel.register(opened, SelectionKey.OP_READ);
            } catch (Throwable e) {
                opened.close();
                throw e;
            }
            selector = opened;
        }
        return selector;
    }
}
