package udp.it.kit;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A server that takes from the system what Java has defaults for: {@code locale PORT} or {@code charset PORT}. */
final class WrongProgram {
    private WrongProgram() {}

    public static void main(String[] arguments) throws IOException {
        boolean localeMatters = arguments[0].equals("locale");
        Locale locale = localeMatters ? Locale.getDefault() : Locale.ROOT;
        Charset charset = localeMatters ? StandardCharsets.UTF_8 : Charset.defaultCharset();
        InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        try (DatagramSocket socket = new DatagramSocket(Integer.parseInt(arguments[1]), address)) {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
                socket.receive(packet);
                byte[] reply = new String(packet.getData(), 0, packet.getLength(), charset)
                        .toUpperCase(locale)
                        .getBytes(charset);
                try {
                    socket.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
                } catch (IOException | IllegalArgumentException e) {
                    // port 0, or a reply that has grown
                }
            }
        }
    }
}
