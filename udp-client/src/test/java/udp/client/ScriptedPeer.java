package udp.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import udp.test.Loopback;

/** A server on the loopback interface that handles the n-th request as the test says. */
final class ScriptedPeer implements AutoCloseable {
    /** The handling of a request; the first request has number 1. */
    @FunctionalInterface
    interface Script {
        void handle(int number, Request request) throws IOException;
    }

    /** A datagram that the server received. */
    record Request(DatagramSocket socket, byte[] bytes, InetSocketAddress source) {
        String text() {
            return new String(bytes, UTF_8);
        }

        void reply(byte[] reply) throws IOException {
            socket.send(new DatagramPacket(reply, reply.length, source));
        }

        void reply(String reply) throws IOException {
            reply(reply.getBytes(UTF_8));
        }
    }

    static final Script ECHO = (number, request) -> request.reply(request.bytes());
    static final Script SILENCE = (number, request) -> {};

    private final DatagramSocket socket;
    private final DatagramSocket marker; // Its datagram arrives after all that were sent before it.
    private final Semaphore marked = new Semaphore(0);
    private final Semaphore received = new Semaphore(0);
    private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
    private final Thread thread;
    private volatile Throwable failure;

    ScriptedPeer(Script script) throws IOException {
        this(Loopback.socket(Loopback.IPV4), script);
    }

    ScriptedPeer(InetAddress local, Script script) throws IOException {
        this(Loopback.socket(local), script);
    }

    ScriptedPeer(DatagramSocket socket, Script script) throws IOException {
        this.socket = socket;
        this.marker = Loopback.socket(socket.getLocalAddress());
        thread = new Thread(() -> serve(script), "scripted-peer");
        thread.setDaemon(true);
        thread.start();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Waits for one more request. */
    void awaitRequest() {
        received.acquireUninterruptibly();
    }

    /** Returns every request that was sent before this call. */
    List<Request> requests() throws IOException {
        marker.send(new DatagramPacket(new byte[0], 0, address()));
        marked.acquireUninterruptibly();
        return List.copyOf(requests);
    }

    List<String> texts() throws IOException {
        return requests().stream().map(Request::text).toList();
    }

    @Override
    public void close() {
        socket.close();
        marker.close();
        try {
            thread.join(); // The kernel keeps the port as long as a thread waits there.
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        if (failure != null) {
            throw new AssertionError("the script failed", failure);
        }
    }

    private void serve(Script script) {
        try {
            byte[] buffer = new byte[65_536];
            while (true) {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                if (packet.getPort() == marker.getLocalPort()) {
                    marked.release();
                    continue;
                }
                byte[] bytes = Arrays.copyOf(buffer, packet.getLength());
                Request request = new Request(socket, bytes, (InetSocketAddress) packet.getSocketAddress());
                requests.add(request);
                received.release();
                script.handle(requests.size(), request);
            }
        } catch (IOException | UncheckedIOException | AssertionError e) {
            if (!socket.isClosed()) {
                failure = e;
            }
        }
    }
}
