import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Sends each line of standard input as a datagram and prints the reply to it: {@code java Ask HOST PORT}. */
public class Ask {
    private static final int TRIES = 8;
    private static final long FIRST_WAIT_MILLIS = 100;
    private static final long MAX_WAIT_MILLIS = 800;

    private final InetSocketAddress server;

    Ask(InetSocketAddress server) {
        this.server = server;
    }

    public static void main(String[] args) throws IOException {
        InetSocketAddress server = new InetSocketAddress(InetAddress.getByName(args[0]), Integer.parseInt(args[1]));
        Ask client = new Ask(server);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            byte[] reply = client.ask(line.getBytes(UTF_8));
            if (reply == null) {
                System.err.println("no reply from " + server);
                System.exit(1);
            }
            System.out.write(reply);
            System.out.println();
        }
    }

    /** Returns the reply, or null if none came after all tries. */
    private byte[] ask(byte[] request) throws IOException {
        // A socket for each sentence: a late reply to an earlier sentence goes to a closed port.
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(server); // from now on it receives from the server alone
            long wait = FIRST_WAIT_MILLIS;
            for (int i = 0; i < TRIES; i++) {
                send(socket, request);
                byte[] reply = receive(socket, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(wait));
                if (reply != null) {
                    return reply;
                }
                wait = Math.min(2 * wait, MAX_WAIT_MILLIS);
            }
            return null;
        }
    }

    private static void send(DatagramSocket socket, byte[] request) throws IOException {
        try {
            socket.send(new DatagramPacket(request, request.length));
        } catch (PortUnreachableException e) {
            // what was sent before found nobody; the server may be starting
        }
    }

    private static byte[] receive(DatagramSocket socket, long end) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            socket.setSoTimeout((int) TimeUnit.NANOSECONDS.toMillis(left) + 1); // 0 would mean forever
            try {
                socket.receive(packet);
                return Arrays.copyOf(packet.getData(), packet.getLength());
            } catch (SocketTimeoutException | PortUnreachableException e) {
                // wait for what is left
            }
        }
        return null;
    }
}
