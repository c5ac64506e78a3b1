import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Sends a file: {@code java Send HOST PORT FILE [WINDOW]}. The exit status is 0 once the receiver has all of it. */
public class Send {
    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(12);

    private final DatagramSocket socket;
    private final int window; // how many may be on their way; 1 is stop-and-wait
    private final NavigableMap<Integer, Sent> unacknowledged = new TreeMap<>();

    private static final class Sent {
        final byte[] bytes;
        long at;

        Sent(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    Send(DatagramSocket socket, int window) {
        this.socket = socket;
        this.window = window;
    }

    public static void main(String[] args) throws IOException {
        byte[] file = Files.readAllBytes(Path.of(args[2]));
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(args[0]), Integer.parseInt(args[1])));
            new Send(socket, args.length > 3 ? Integer.parseInt(args[3]) : 32).send(file);
        }
    }

    /** Returns once all has been acknowledged; throws if nobody replies. */
    private void send(byte[] file) throws IOException {
        int parts = (file.length + Packet.LARGEST_PART - 1) / Packet.LARGEST_PART; // and one more, for the end
        int next = 0;
        long heard = System.nanoTime();
        while (next <= parts || !unacknowledged.isEmpty()) {
            while (next <= parts && (unacknowledged.isEmpty() || next < unacknowledged.firstKey() + window)) {
                Sent sent = new Sent(packet(file, next, parts).bytes());
                unacknowledged.put(next++, sent);
                send(sent);
            }
            if (isAcknowledged()) {
                heard = System.nanoTime();
            } else if (System.nanoTime() - heard > GIVE_UP_NANOS) {
                throw new IOException("no reply");
            }
            for (Sent sent : unacknowledged.values()) {
                if (System.nanoTime() - sent.at > AGAIN_NANOS) {
                    send(sent);
                }
            }
        }
    }

    private static Packet packet(byte[] file, int number, int parts) {
        int from = number * Packet.LARGEST_PART;
        return number == parts
                ? new Packet(Packet.END, number, new byte[0])
                : new Packet(
                        Packet.DATA,
                        number,
                        Arrays.copyOfRange(file, from, Math.min(from + Packet.LARGEST_PART, file.length)));
    }

    private void send(Sent sent) throws IOException {
        sent.at = System.nanoTime();
        try {
            socket.send(new DatagramPacket(sent.bytes, sent.bytes.length));
        } catch (PortUnreachableException e) {
            // the receiver may be starting
        }
    }

    /** Waits a little for an acknowledgement of something that had none. */
    private boolean isAcknowledged() throws IOException {
        DatagramPacket datagram = new DatagramPacket(new byte[Packet.LARGEST], Packet.LARGEST);
        socket.setSoTimeout(10);
        try {
            socket.receive(datagram);
        } catch (SocketTimeoutException | PortUnreachableException e) {
            return false;
        }
        Packet packet = Packet.of(datagram.getData(), datagram.getLength());
        return packet != null
                && packet.kind() == Packet.ACKNOWLEDGEMENT
                && unacknowledged.remove(packet.number()) != null;
    }
}
