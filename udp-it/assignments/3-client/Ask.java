import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Sends each line of standard input as a datagram and prints the reply to it: {@code java Ask HOST PORT}. */
public class Ask {
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
        throw new UnsupportedOperationException("ask is to be written; the server is " + server);
    }
}
