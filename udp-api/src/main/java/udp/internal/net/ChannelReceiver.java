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
import java.util.function.Consumer;

/**
 * Receives from a {@link DatagramChannel} with and without a time limit. A blocking channel knows no limit, and a
 * non-blocking one takes one more system call for a datagram that it must wait for, so the channel stays blocking until
 * the first receive with a limit. One thread may receive while another closes.
 */
public final class ChannelReceiver implements Closeable {
    // not a lambda, which would take a one-shot client longer to make than the datagram takes to come
    private static final Consumer<SelectionKey> NOTHING = new Consumer<>() {
        @Override
        public void accept(SelectionKey key) {}
    };

    private final DatagramChannel channel;
    private Selector selector; // null until the first wait with a limit

    /**
     * Opens a channel of one family.
     *
     * @param family IPv4 or IPv6
     * @return a blocking channel that is not bound
     * @throws IOException if it cannot be opened, also because the host has no such family
     */
    public static DatagramChannel open(ProtocolFamily family) throws IOException {
        try {
            return DatagramChannel.open(family);
        } catch (UnsupportedOperationException e) {
            throw new SocketException("this JVM does not speak " + family.name() + ": " + e.getMessage());
        }
    }

    /**
     * Takes over the receiving side of a channel.
     *
     * @param channel a blocking channel
     */
    public ChannelReceiver(DatagramChannel channel) {
        this.channel = channel;
    }

    /**
     * Waits for a datagram.
     *
     * @param buffer takes the datagram
     * @return the sender
     * @throws IOException if the channel fails or is closed
     */
    public InetSocketAddress receive(ByteBuffer buffer) throws IOException {
        // receive(), not read(): on a connected channel read() takes an empty datagram for the end (rule 1.2)
        SocketAddress sender = channel.receive(buffer);
        while (sender == null) {
            select(0);
            sender = channel.receive(buffer);
        }
        return (InetSocketAddress) sender;
    }

    /**
     * Waits for a datagram for a limited time.
     *
     * @param buffer takes the datagram
     * @param millis how long to wait, in milliseconds; 0 to look once without waiting
     * @return the sender, or null if nothing came
     * @throws IOException if the channel fails or is closed
     */
    public InetSocketAddress receive(ByteBuffer buffer, int millis) throws IOException {
        long start = System.nanoTime();
        channel.configureBlocking(false);
        SocketAddress sender = channel.receive(buffer);
        if (sender == null && millis > 0) {
            selector(); // the first one takes milliseconds to open, and the process may be stopped in them
            long passed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            select((int) Math.max(millis - passed, 1)); // 0 would wait forever
            sender = channel.receive(buffer);
        }
        return (InetSocketAddress) sender;
    }

    /** Closes the channel, and the selector too: it would go on waiting, and keep the port for as long as it does. */
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
        selector().select(NOTHING, millis);
        if (Thread.currentThread().isInterrupted()) {
            // what a blocking channel does (rule 4.2); otherwise select() would return at once from now on
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
