package udp.it.bench;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import udp.internal.net.Addresses;

/** A server that replies correctly until a number of sockets have sent to it, one after the other. */
final class MortalServer {
    private MortalServer() {}

    public static void main(String[] arguments) throws IOException {
        int left = Integer.parseInt(arguments[1]);
        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
        SocketAddress last = null;
        try (DatagramSocket socket =
                new DatagramSocket(Integer.parseInt(arguments[0]), Addresses.loopback(StandardProtocolFamily.INET))) {
            while (true) {
                socket.receive(packet);
                left -= packet.getSocketAddress().equals(last) ? 0 : 1;
                last = packet.getSocketAddress();
                byte[] text = packet.getData();
                for (int i = 0; i < packet.getLength(); i++) {
                    text[i] = (byte) Character.toUpperCase(text[i]);
                }
                if (left >= 0) {
                    socket.send(packet);
                } else if (arguments[2].equals("ends")) {
                    System.err.println("enough");
                    System.exit(7);
                } else if (arguments[2].equals("errs")) {
                    text[packet.getLength() - 1] = '!';
                    socket.send(packet);
                }
            }
        }
    }
}
