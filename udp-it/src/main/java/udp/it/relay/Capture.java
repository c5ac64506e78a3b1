package udp.it.relay;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.function.Consumer;
import udp.internal.text.Printable;

/**
 * A capture file that Wireshark opens: classic pcap with nanoseconds. A program sees no headers of IP and UDP, so they are
 * made up, as a system would have sent them. If writing fails, the capture ends with a warning.
 */
final class Capture implements Closeable {
    private static final int MAGIC = 0xa1b23c4d;
    private static final short MAJOR = 2;
    private static final short MINOR = 4;
    private static final int MAX_LENGTH = 1 << 18;
    private static final int LINKTYPE_RAW = 101; // Each packet begins with the header of IP.

    private static final int RECORD_HEADER = 16;
    private static final int UDP_HEADER = 8;
    private static final int MAX_HOPS = 64;
    private static final int PROTOCOL_UDP = 17;
    private static final int WORD = 0xffff;

    private final Consumer<String> warnings;
    private OutputStream file; // null after a failure

    Capture(OutputStream file, Consumer<String> warnings) {
        this.file = file;
        this.warnings = warnings;
        ByteBuffer header = ByteBuffer.allocate(24);
        header.putInt(MAGIC).putShort(MAJOR).putShort(MINOR);
        header.putLong(0); // UTC, and an accuracy that nobody states
        header.putInt(MAX_LENGTH).putInt(LINKTYPE_RAW);
        write(header);
    }

    /** Writes a datagram, whose two addresses are of the same family. */
    void write(Instant time, InetSocketAddress from, InetSocketAddress to, byte[] data) {
        byte[] source = from.getAddress().getAddress();
        byte[] destination = to.getAddress().getAddress();
        int udpLength = UDP_HEADER + data.length;
        boolean isIpv4 = source.length == 4;
        int length = (isIpv4 ? 20 : 40) + udpLength;
        ByteBuffer packet = ByteBuffer.allocate(RECORD_HEADER + length);
        packet.putInt((int) time.getEpochSecond()).putInt(time.getNano());
        packet.putInt(length).putInt(length); // in the file, on the network
        if (isIpv4) {
            putIpv4(packet, length, source, destination);
        } else {
            packet.putInt(6 << 28).putShort((short) udpLength);
            packet.put((byte) PROTOCOL_UDP).put((byte) MAX_HOPS).put(source).put(destination);
        }
        int udp = packet.position();
        packet.putShort((short) from.getPort()).putShort((short) to.getPort());
        packet.putShort((short) udpLength).putShort((short) 0).put(data);
        int addresses = udp - 2 * source.length; // They are the last fields of both headers.
        int checksum = checksum(packet, addresses, PROTOCOL_UDP + udpLength);
        packet.putShort(udp + 6, (short) (checksum == 0 ? WORD : checksum)); // RFC 768: 0 means that there is none.
        write(packet);
    }

    private static void putIpv4(ByteBuffer packet, int length, byte[] source, byte[] destination) {
        int begin = packet.position();
        packet.putShort((short) 0x4500).putShort((short) length); // version 4, a header of 5 words
        packet.putInt(0); // not a fragment
        packet.put((byte) MAX_HOPS).put((byte) PROTOCOL_UDP).putShort((short) 0);
        packet.put(source).put(destination);
        packet.putShort(begin + 10, (short) checksum(packet, begin, 0));
    }

    /** Returns the checksum of RFC 1071 over what follows an index up to the position, with what was summed before. */
    private static int checksum(ByteBuffer bytes, int from, int before) {
        long sum = before;
        for (int i = from; i < bytes.position(); i++) {
            int octet = Byte.toUnsignedInt(bytes.get(i));
            sum += (i - from) % 2 == 0 ? octet << Byte.SIZE : octet;
        }
        while (sum > WORD) {
            sum = (sum >> Short.SIZE) + (sum & WORD);
        }
        return (int) ~sum & WORD;
    }

    private void write(ByteBuffer bytes) {
        if (file == null) {
            return;
        }
        try { // A single call writes the whole record, so a program that is killed leaves whole records.
            file.write(bytes.array());
        } catch (IOException e) {
            file = null;
            warnings.accept("writing the capture failed, it ends here: " + Printable.line(Printable.failure(e)));
        }
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
