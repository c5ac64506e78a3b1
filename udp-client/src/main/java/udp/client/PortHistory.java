package udp.client;

import java.io.IOException;
import java.net.BindException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import udp.api.Transport;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider;

/**
 * The local ports of the latest round trips. A late reply finds its port closed, unless the system has given the port to
 * another round trip, which would then take the reply for its own. So a port is not used again for a while.
 */
final class PortHistory {
    private static final int SIZE = 4096; // of the 28,232 ports that Linux chooses from by default
    private static final int MAX_PORTS = 16; // that are tried, to find one that was not used lately

    private final int[] latest = new int[SIZE];
    private final BitSet remembered = new BitSet();
    private int oldest;

    /** Opens a transport on a port that was not used lately, or on the port that was asked for. */
    Transport openUnused(TransportProvider provider, TransportConfig config) throws IOException {
        if (config.local().getPort() != 0) {
            return openChosen(provider, config);
        }
        Transport transport = provider.open(config);
        List<Transport> occupied = new ArrayList<>(); // As long as they have their ports, the system chooses others.
        try {
            for (int i = 1; i < MAX_PORTS && contains(port(transport)); i++) {
                Transport other = provider.open(config);
                occupied.add(transport);
                transport = other;
            }
        } catch (IOException e) {
            // No other port, or no other descriptor, is left: this port is better than none.
        } catch (Throwable e) {
            close(transport);
            throw e;
        } finally {
            for (Transport each : occupied) {
                close(each);
            }
        }
        add(port(transport));
        return transport;
    }

    boolean contains(int port) {
        return remembered.get(port);
    }

    void add(int port) {
        if (remembered.get(port)) {
            return;
        }
        remembered.clear(latest[oldest]);
        latest[oldest] = port;
        remembered.set(port);
        oldest = (oldest + 1) % SIZE;
    }

    private static Transport openChosen(TransportProvider provider, TransportConfig config) throws IOException {
        try {
            return provider.open(config);
        } catch (BindException e) {
            throw LocalPortException.of(config.local().getPort(), e);
        }
    }

    private static void close(Transport occupied) {
        try {
            occupied.close();
        } catch (IOException e) {
            // Another port is open, and the exchange can begin.
        }
    }

    private static int port(Transport transport) {
        return transport.localAddress().getPort();
    }
}
