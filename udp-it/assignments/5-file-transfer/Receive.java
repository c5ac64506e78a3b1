import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** Receives a file: {@code java Receive PORT FILE}. */
public class Receive {
    private final DatagramSocket socket;

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
        throw new UnsupportedOperationException("receive is to be written: from " + socket + " to " + file);
    }
}
