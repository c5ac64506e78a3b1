import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
        throw new UnsupportedOperationException("ping is to be written: " + WAIT_MILLIS + " ms over " + socket);
    }

    /** The last line, such as "10 sent, 8 received, 20 % loss, min/avg/max 0.101/0.250/0.402 ms". */
    private static String summary(List<Double> millis) {
        throw new UnsupportedOperationException("summary is to be written");
    }
}
