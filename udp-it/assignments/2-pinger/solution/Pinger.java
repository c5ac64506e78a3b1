import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Measures loss and round-trip times to a server that replies in capitals: {@code java Pinger HOST PORT}. */
public class Pinger {
    private static final int PINGS = 10;
    private static final int WAIT_MILLIS = 1000;

    private final DatagramSocket socket;

    Pinger(DatagramSocket socket) {
        this.socket = socket;
    }

    public static void main(String[] args) throws IOException {
        List<Double> millis = new ArrayList<>();
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(args[0]), Integer.parseInt(args[1])));
            Pinger pinger = new Pinger(socket);
            for (int i = 1; i <= PINGS; i++) {
                double time = pinger.ping(i);
                System.out.println(
                        time < 0 ? "Request timed out" : String.format(Locale.ROOT, "Reply to ping %d: %.3f ms", i, time));
                if (time >= 0) {
                    millis.add(time);
                }
            }
        }
        System.out.println(summary(millis));
        System.exit(millis.isEmpty() ? 1 : 0);
    }

    /** Sends ping number i and returns its round-trip time in milliseconds, or -1 if no reply came within the wait. */
    private double ping(int i) throws IOException {
        String text = "Ping " + i + " " + Instant.now();
        byte[] ping = text.getBytes(UTF_8);
        byte[] right = text.toUpperCase(Locale.ROOT).getBytes(UTF_8);
        DatagramPacket reply = new DatagramPacket(new byte[2048], 2048);
        long start = System.nanoTime();
        long end = start + TimeUnit.MILLISECONDS.toNanos(WAIT_MILLIS);
        socket.send(new DatagramPacket(ping, ping.length));
        for (long left = end - start; left > 0; left = end - System.nanoTime()) {
            socket.setSoTimeout((int) TimeUnit.NANOSECONDS.toMillis(left) + 1); // 0 would mean forever
            try {
                socket.receive(reply);
            } catch (SocketTimeoutException e) {
                break;
            }
            long time = System.nanoTime() - start;
            if (Arrays.equals(right, Arrays.copyOf(reply.getData(), reply.getLength()))) { // not one that is late
                return time / 1e6;
            }
            reply.setLength(2048);
        }
        return -1;
    }

    /** The last line, such as "10 sent, 8 received, 20 % loss, min/avg/max 0.101/0.250/0.402 ms". */
    private static String summary(List<Double> millis) {
        String counts = PINGS + " sent, " + millis.size() + " received, "
                + Math.round(100.0 * (PINGS - millis.size()) / PINGS) + " % loss";
        DoubleSummaryStatistics times = millis.stream().mapToDouble(time -> time).summaryStatistics();
        return millis.isEmpty()
                ? counts
                : String.format(
                        Locale.ROOT,
                        "%s, min/avg/max %.3f/%.3f/%.3f ms",
                        counts,
                        times.getMin(),
                        times.getAverage(),
                        times.getMax());
    }
}
