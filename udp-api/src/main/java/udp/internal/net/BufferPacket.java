package udp.internal.net;

import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * A {@link DatagramPacket} over a {@link ByteBuffer}: in place where the buffer gives access to its array, else by way
 * of a copy. It is used again for every datagram; one thread at a time.
 */
public final class BufferPacket {
    private static final byte[] NOTHING = {};

    private final DatagramPacket packet = new DatagramPacket(NOTHING, 0);
    private byte[] copy = NOTHING;

    /** A packet that is not over a buffer yet. */
    public BufferPacket() {}

    /**
     * A packet for {@code DatagramSocket.receive}.
     *
     * @param buffer where the datagram is to go
     * @return the packet, with as much room as the buffer
     */
    public DatagramPacket over(ByteBuffer buffer) {
        int length = buffer.remaining();
        if (buffer.hasArray()) {
            packet.setData(buffer.array(), buffer.arrayOffset() + buffer.position(), length);
        } else {
            packet.setData(copyOfAtLeast(length), 0, length);
        }
        return packet;
    }

    /**
     * Moves what {@code DatagramSocket.receive} received into the buffer.
     *
     * @param buffer the one that the packet is over
     * @return the sender
     */
    public InetSocketAddress receivedInto(ByteBuffer buffer) {
        if (buffer.hasArray()) {
            buffer.position(buffer.position() + packet.getLength());
        } else {
            buffer.put(packet.getData(), 0, packet.getLength());
        }
        return (InetSocketAddress) packet.getSocketAddress();
    }

    /**
     * A packet for {@code DatagramSocket.send}. The buffer's position stays, since sending may still fail.
     *
     * @param datagram the bytes to send
     * @param destination where to
     * @return the packet
     */
    public DatagramPacket of(ByteBuffer datagram, InetSocketAddress destination) {
        over(datagram);
        if (!datagram.hasArray()) {
            datagram.get(datagram.position(), packet.getData(), 0, datagram.remaining());
        }
        packet.setSocketAddress(destination);
        return packet;
    }

    private byte[] copyOfAtLeast(int length) {
        if (copy.length < length) {
            copy = new byte[length];
        }
        return copy;
    }
}
