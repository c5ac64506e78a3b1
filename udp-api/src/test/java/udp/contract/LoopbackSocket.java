package udp.contract;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A socket with a port of 127.0.0.1 and of ::1, if this computer has it: a program may mean either by localhost. */
final class LoopbackSocket extends DatagramSocket {
    private final Selector selector = Selector.open();
    private final List<DatagramChannel> channels = new ArrayList<>();
    private final List<InetSocketAddress> addresses = new ArrayList<>();
    private int timeout;

    LoopbackSocket(int port) throws IOException {
        super((SocketAddress) null);
        try {
            for (Ip ip : Ip.values()) {
                if (ip.isHere()) {
                    DatagramChannel channel = DatagramChannel.open();
                    channels.add(channel);
                    addresses.add(new InetSocketAddress(ip.loopback(), port));
                    channel.bind(addresses.get(addresses.size() - 1))
                            .configureBlocking(false)
                            .register(selector, SelectionKey.OP_READ);
                }
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return addresses.get(0);
    }

    @Override
    public void setSoTimeout(int millis) {
        timeout = millis;
    }

    @Override
    public void send(DatagramPacket packet) throws IOException {
        int from = 0;
        while (from < addresses.size() - 1
                && addresses.get(from).getAddress().getClass()
                        != packet.getAddress().getClass()) {
            from++;
        }
        ByteBuffer bytes = ByteBuffer.wrap(packet.getData(), packet.getOffset(), packet.getLength());
        while (channels.get(from).send(bytes.duplicate(), packet.getSocketAddress()) < packet.getLength()) {
            Thread.onSpinWait(); // The socket's buffer is full.
        }
    }

    @Override
    public void receive(DatagramPacket packet) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(packet.getData());
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeout);
        while (true) {
            for (DatagramChannel channel : channels) {
                SocketAddress sender = channel.receive(buffer);
                if (sender != null) {
                    packet.setSocketAddress(sender);
                    packet.setLength(buffer.position());
                    return;
                }
            }
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new SocketTimeoutException();
            } else if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException();
            }
            selector.select(key -> {}, TimeUnit.NANOSECONDS.toMillis(left) + 1);
        }
    }

    @Override
    public void close() {
        super.close();
        try {
            selector.close(); // first: a channel keeps its port as long as a selector has it
            for (DatagramChannel channel : channels) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
