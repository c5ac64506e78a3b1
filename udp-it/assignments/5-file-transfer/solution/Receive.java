import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Receives a file: {@code java Receive PORT FILE}. */
public class Receive {
    private static final int MAX_AHEAD = 1024;
    private static final int PATIENCE_MILLIS = 30_000;
    private static final int LINGER_MILLIS = 1_000; // silence of this length means that the last acknowledgement came

    private final DatagramSocket socket;
    private final Map<Integer, Packet> early = new HashMap<>();
    private int next;
    private boolean ended;

    Receive(DatagramSocket socket) {
        this.socket = socket;
    }

    public static void main(String[] args) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(Integer.parseInt(args[0]));
                OutputStream file = Files.newOutputStream(Path.of(args[1]))) {
            new Receive(socket).receive(file);
        }
    }

    /** Returns once the file is complete and the sender has had its chance to hear of it. */
    private void receive(OutputStream file) throws IOException {
        DatagramPacket datagram = new DatagramPacket(new byte[Packet.LARGEST], Packet.LARGEST);
        while (true) {
            socket.setSoTimeout(ended ? LINGER_MILLIS : PATIENCE_MILLIS);
            datagram.setLength(Packet.LARGEST);
            try {
                socket.receive(datagram);
            } catch (SocketTimeoutException e) {
                if (ended) {
                    return;
                }
                throw e;
            }
            Packet packet = Packet.of(datagram.getData(), datagram.getLength());
            if (packet != null && packet.kind() != Packet.ACKNOWLEDGEMENT && packet.number() < next + MAX_AHEAD) {
                take(packet, file); // before the acknowledgement: that says that it is safe
                byte[] bytes = new Packet(Packet.ACKNOWLEDGEMENT, packet.number(), new byte[0]).bytes();
                socket.send(new DatagramPacket(bytes, bytes.length, datagram.getSocketAddress()));
            }
        }
    }

    private void take(Packet packet, OutputStream file) throws IOException {
        if (packet.number() >= next) {
            early.put(packet.number(), packet);
        }
        for (Packet due = early.remove(next); due != null; due = early.remove(next)) {
            file.write(due.part());
            ended = due.kind() == Packet.END;
            next++;
        }
    }
}
