import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sends a file: {@code java Send HOST PORT FILE}. The exit status is 0 once the receiver has all of it. */
public class Send {
    private final DatagramSocket socket;

    Send(DatagramSocket socket) {
        this.socket = socket;
    }

    public static void main(String[] args) throws IOException {
        byte[] file = Files.readAllBytes(Path.of(args[2]));
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(args[0]), Integer.parseInt(args[1])));
            new Send(socket).send(file);
        }
    }

    /** Returns once all has been acknowledged; throws if nobody replies. */
    private void send(byte[] file) throws IOException {
        throw new UnsupportedOperationException("send is to be written: " + file.length + " bytes over " + socket);
    }
}
