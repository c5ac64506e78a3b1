package udp.server.monitor;

import static java.util.OptionalLong.empty;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import udp.test.Loopback;
import udp.test.ScriptedTransport;

class KernelDropsTest {
    /** The table as Linux prints it on a little-endian CPU. */
    private static final String TABLE = """
               sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
              462: 0100007F:C357 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 25711 2 0000000000000000 7
              462: 0100007F:C357 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 25712 2 0000000000000000 5
              463: 0200007F:C357 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 25713 2 0000000000000000 100
              464: 0100007F:C358 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 25714 2 0000000000000000 1000
            """;

    private static final String TABLE6 = """
               sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
              462: 00000000000000000000000001000000:C357 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 25720 2 0000000000000000 3
              463: B80D0120000000000000000001000000:C357 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 25720 2 0000000000000000 40
              464: 0000000000000000FFFF00000100007F:C357 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 25720 2 0000000000000000 20
            """;

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 50007, 32", // two sockets that share the port, and an IPv6 socket with an IPv4 address
        "127.0.0.2, 50007, 100",
        "127.0.0.1, 50008, 1000",
        "::1, 50007, 3",
        "2001:db8::1, 50007, 40",
        "127.0.0.1, 9, 0",
    })
    void aSocketIsFoundByItsAddress(String host, int port, long drops, @TempDir Path folder) throws IOException {
        assumeTrue(
                ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "This computer is big-endian, the table is not.");
        Path table = Files.writeString(folder.resolve("udp"), TABLE);
        Path table6 = Files.writeString(folder.resolve("udp6"), TABLE6);
        InetSocketAddress address = new InetSocketAddress(host, port);
        assertEquals(
                OptionalLong.of(drops), new KernelDrops(List.of(address, address), List.of(table, table6)).count());
    }

    @Test
    void whatASocketHasDroppedStaysCountedAfterItIsClosedUntilTheEnd(@TempDir Path folder) throws IOException {
        assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN);
        Path table = Files.writeString(folder.resolve("udp"), TABLE);
        KernelDrops drops = new KernelDrops(List.of(new InetSocketAddress("127.0.0.1", 50007)), List.of(table));
        assertEquals(OptionalLong.of(12), drops.count());
        Files.writeString(table, TABLE.replaceAll(".*25711.*\n", "").replace("000 5\n", "000 6\n"));
        assertEquals(OptionalLong.of(13), drops.count());
        drops.freeze();
        Files.writeString(table, TABLE.replace("000 5\n", "000 60\n"));
        assertEquals(OptionalLong.of(13), drops.count());
    }

    @Test
    void aSystemWithoutTheTableDoesNotTell(@TempDir Path folder) {
        assertEquals(
                empty(), new KernelDrops(List.of(ScriptedTransport.LOCAL), List.of(folder.resolve("udp"))).count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "columns\nnone\n", "columns\n1: 0100007F:C357 x\n", "columns\n1: 01:C357 1\n"})
    void aTableOfAnotherKindDoesNotTell(String text, @TempDir Path folder) throws IOException {
        Path table = Files.writeString(folder.resolve("udp"), text);
        assertEquals(empty(), new KernelDrops(List.of(ScriptedTransport.LOCAL), List.of(table)).count());
    }

    @Test
    void datagramsToAFullSocketAreCounted() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/net/udp")), "This computer has no /proc/net/udp.");
        try (DatagramSocket full = Loopback.socket(Loopback.IPV4);
                DatagramSocket sender = Loopback.socket(Loopback.IPV4)) {
            full.setReceiveBufferSize(1);
            InetSocketAddress address = (InetSocketAddress) full.getLocalSocketAddress();
            for (int i = 0; i < 100; i++) {
                sender.send(new DatagramPacket(new byte[1000], 1000, address));
            }
            full.setSoTimeout(1);
            int received = 0;
            try {
                for (DatagramPacket packet = new DatagramPacket(new byte[1000], 1000); ; received++) {
                    full.receive(packet);
                }
            } catch (SocketTimeoutException e) {
                // The socket is empty.
            }
            assertEquals(OptionalLong.of(100 - received), new KernelDrops(List.of(address)).count());
        }
    }
}
