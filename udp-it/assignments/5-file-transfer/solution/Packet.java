import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** What a datagram holds: a checksum, its kind, its number, and a part of the file. */
record Packet(byte kind, int number, byte[] part) {
    static final byte DATA = 1;
    static final byte END = 2; // after the last part
    static final byte ACKNOWLEDGEMENT = 3; // of the one with this number
    static final int LARGEST_PART = 1200;
    static final int LARGEST = 4 + 1 + 4 + LARGEST_PART;

    byte[] bytes() {
        ByteBuffer buffer = ByteBuffer.allocate(4 + 1 + 4 + part.length);
        buffer.putInt(0).put(kind).putInt(number).put(part);
        return buffer.putInt(0, checksum(buffer.array(), buffer.capacity())).array();
    }

    /** The packet, or null if the bytes are not as they were sent. */
    static Packet of(byte[] bytes, int length) {
        if (length < 4 + 1 + 4) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
        if (buffer.getInt() != checksum(bytes, length)) {
            return null;
        }
        byte kind = buffer.get();
        int number = buffer.getInt();
        byte[] part = new byte[buffer.remaining()];
        buffer.get(part);
        return new Packet(kind, number, part);
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 4, length - 4);
        return (int) crc.getValue();
    }
}
