package udp.internal.net;

import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * A {@link DatagramPacket} over a {@link ByteBuffer}, made once and used for every datagram. It uses the array of the
 * buffer, or copies if the buffer has no array that it may use (direct, read-only). It is not thread-safe.
 */
public final class BufferPacket {
    private final DatagramPacket packet = new DatagramPacket(new byte[0], 0);
    private byte[] copy = {};
    // getSocketAddress() makes an object each time. While the sender stays the same, so does the packet's InetAddress.
    private InetSocketAddress sender = new InetSocketAddress(0);

    /** Returns the packet, for {@code DatagramSocket.receive}: it has as much room as the buffer. */
    public DatagramPacket wrap(ByteBuffer buffer) {
        int length = buffer.remaining();
        if (buffer.hasArray()) {
            packet.setData(buffer.array(), buffer.arrayOffset() + buffer.position(), length);
        } else {
            copy = copy.length < length ? new byte[length] : copy;
            packet.setData(copy, 0, length);
        }
        return packet;
    }

    /** Moves the bytes that {@code DatagramSocket.receive} received into the wrapped buffer; returns the sender. */
    public InetSocketAddress moveInto(ByteBuffer buffer) {
        if (buffer.hasArray()) {
            buffer.position(buffer.position() + packet.getLength()); // The bytes are there already.
        } else {
            buffer.put(packet.getData(), 0, packet.getLength());
        }
        if (packet.getAddress() != sender.getAddress() || packet.getPort() != sender.getPort()) {
            sender = (InetSocketAddress) packet.getSocketAddress();
        }
        return sender;
    }

    /** Returns the packet, for {@code DatagramSocket.send}. The buffer's position stays, because sending may fail. */
    public DatagramPacket fill(ByteBuffer datagram, InetSocketAddress destination) {
        wrap(datagram);
        if (!datagram.hasArray()) {
            datagram.get(datagram.position(), packet.getData(), 0, datagram.remaining());
        }
        packet.setSocketAddress(destination);
        return packet;
    }
}
