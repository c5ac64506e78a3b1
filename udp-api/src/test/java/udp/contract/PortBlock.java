package udp.contract;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Ports that no other kit on this computer gives to a program while this process runs: of two servers with one port,
 * one replies to the tests of the other. They lie below those that the system gives to sockets that ask for any.
 */
final class PortBlock {
    static final int SIZE = 200;

    private static final int FIRST = 20_000;
    private static final int BLOCKS = 60;
    private static PortBlock ours;

    /** Has the first port of the block, which no program gets, until the system closes it with this process. */
    private final ServerSocket lock;

    private int last;

    private PortBlock(ServerSocket lock) {
        this.lock = lock;
    }

    static synchronized PortBlock ours() throws IOException {
        if (ours == null) {
            ours = take();
        }
        return ours;
    }

    /** Returns a block that nobody has. */
    static PortBlock take() throws IOException {
        for (int i = 0; i < BLOCKS; i++) {
            int block = (int) ((ProcessHandle.current().pid() + i) % BLOCKS);
            try {
                return new PortBlock(new ServerSocket(
                        FIRST + block * SIZE, 1, Peer.loopbacks().get(0)));
            } catch (BindException e) {
                // then the next
            }
        }
        throw Peer.noPortIsFree();
    }

    /** Returns the next port that nobody has. */
    InetSocketAddress next(InetAddress loopback) throws IOException {
        for (int i = 1; i < SIZE; i++) {
            synchronized (Subprocess.class) {
                last = last % (SIZE - 1) + 1;
                try (Peer peer = new Peer(new InetSocketAddress(loopback, lock.getLocalPort() + last))) {
                    return peer.address();
                } catch (BindException e) {
                    // then the next
                }
            }
        }
        throw Peer.noPortIsFree();
    }
}
