package udp.it.relay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import udp.it.Jvm;

@Timeout(60)
class CaptureTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.123456789Z");

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final List<String> warnings = new ArrayList<>();
    private final Capture capture = new Capture(file, warnings::add);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 255.254.253.1, 0",
        "127.0.0.1, 255.254.253.1, 1",
        "127.0.0.1, 127.0.0.1, 65507",
        "::1, fe80::ffff:1, 0",
        "::1, fe80::ffff:1, 3",
        "::1, ::1, 65527",
    })
    void eachHeaderIsRight(String from, String to, int size) {
        byte[] data = new byte[size];
        new Random(size).nextBytes(data);
        capture.write(TIME, new InetSocketAddress(from, 65_535), new InetSocketAddress(to, 53), data);
        boolean isIpv4 = from.contains(".");
        int ipHeader = isIpv4 ? 20 : 40;
        ByteBuffer bytes = ByteBuffer.wrap(file.toByteArray());
        assertEquals(0xa1b23c4d, bytes.getInt());
        assertEquals(0x00020004, bytes.getInt());
        assertEquals(101, bytes.getInt(20));
        assertEquals(TIME.getEpochSecond(), bytes.getInt(24));
        assertEquals(TIME.getNano(), bytes.getInt(28));
        assertEquals(ipHeader + 8 + size, bytes.getInt(32));
        assertEquals(ipHeader + 8 + size, bytes.getInt(36));
        ByteBuffer packet = bytes.slice(40, bytes.capacity() - 40);
        assertEquals(ipHeader + 8 + size, packet.capacity());
        if (isIpv4) {
            assertEquals(0x45, packet.get(0));
            assertEquals(packet.capacity(), packet.getChar(2));
            assertEquals(0xffff, sum(packet.slice(0, 20), 0));
        } else {
            assertEquals(0x60000000, packet.getInt(0));
            assertEquals(8 + size, packet.getChar(4));
        }
        assertEquals(17, packet.get(isIpv4 ? 9 : 6));
        ByteBuffer udp = packet.slice(ipHeader, 8 + size);
        assertEquals(65_535, udp.getChar(0));
        assertEquals(53, udp.getChar(2));
        assertEquals(8 + size, udp.getChar(4));
        int addresses = isIpv4 ? 12 : 8;
        int pseudoHeader = sum(packet.slice(addresses, ipHeader - addresses), 17 + 8 + size);
        assertEquals(0xffff, sum(udp, pseudoHeader));
        byte[] payload = new byte[size];
        udp.get(8, payload);
        assertArrayEquals(data, payload);
    }

    /** Returns the sum of RFC 1071, 0xffff if a checksum is right. */
    private static int sum(ByteBuffer bytes, int before) {
        int sum = before;
        for (int i = 0; i < bytes.capacity(); i += 2) {
            sum += i + 1 < bytes.capacity() ? bytes.getChar(i) : (bytes.get(i) & 0xff) << 8;
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return sum;
    }

    @Test
    void aChecksumOfZeroIsWrittenAsItsOtherForm() {
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", 7);
        capture.write(TIME, address, address, new byte[2]);
        int checksumOffset = 24 + 16 + 20 + 6;
        char checksum = ByteBuffer.wrap(file.toByteArray()).getChar(checksumOffset);
        capture.write(TIME, address, address, new byte[] {(byte) (checksum >> 8), (byte) checksum});
        int record = 16 + 20 + 8 + 2;
        assertEquals(0xffff, ByteBuffer.wrap(file.toByteArray()).getChar(checksumOffset + record));
    }

    @Test
    void aFailureEndsTheCaptureWithALine() throws IOException {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", 7);
        try (Capture ending = new Capture(full, warnings::add)) {
            ending.write(TIME, address, address, new byte[2]);
        }
        assertEquals(List.of("writing the capture failed, it ends here: No space left on device"), warnings);
    }

    @Test
    void wiresharkReadsIt() throws Exception {
        InetSocketAddress four = new InetSocketAddress("127.0.0.1", 50_007);
        InetSocketAddress six = new InetSocketAddress("::1", 50_007);
        capture.write(TIME, new InetSocketAddress("192.0.2.1", 1), four, new byte[] {'a', 'b', 'c'});
        capture.write(TIME.plusMillis(1), new InetSocketAddress("2001:db8::1", 1), six, new byte[0]);
        Path pcap = Files.write(folder.resolve("relay.pcap"), file.toByteArray());
        List<String> command = new ArrayList<>(List.of("tshark", "-r", pcap.toString(), "-T", "fields"));
        command.addAll(List.of("-o", "udp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE"));
        for (String field :
                "frame.time_epoch ip.src ipv6.src udp.dstport data ip.checksum.status udp.checksum.status".split(" ")) {
            command.addAll(List.of("-e", field));
        }
        Jvm.Result read = tshark(command);
        assertEquals(
                List.of(
                        "1767323045.123456789\t192.0.2.1\t\t50007\t616263\t1\t1",
                        "1767323045.124456789\t\t2001:db8::1\t50007\t\t\t1"),
                read.out().lines().toList(),
                read.err());
    }

    private static Jvm.Result tshark(List<String> command) throws Exception {
        try {
            return Jvm.run(new byte[0], command, Map.of());
        } catch (IOException e) {
            assumeTrue(false, "This computer has no tshark.");
            throw e;
        }
    }
}
