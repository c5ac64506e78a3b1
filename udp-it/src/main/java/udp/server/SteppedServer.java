package udp.server;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import udp.api.MessageProcessor;
import udp.api.Transport;
import udp.internal.net.NanoClock;
import udp.server.guard.Guards;
import udp.server.monitor.KernelDrops;
import udp.server.monitor.Observer;
import udp.server.monitor.ServerLog;
import udp.server.statistics.Statistics;

/**
 * The receive loop of a server without its thread, for a simulation: whoever has the socket calls it when something has
 * arrived. It stands in the package of the loop, which is nobody else's to call.
 */
public final class SteppedServer {
    private final StopSignal stop = new StopSignal();
    private final Transport transport;
    private final ReceiveLoop loop;

    /** Makes the loop of a server that has this transport alone. */
    public SteppedServer(Transport transport, MessageProcessor processor, Guards guards, NanoClock clock) {
        this.transport = transport;
        Observer observer = new Observer(new ServerLog(clock::nanoTime), new KernelDrops(List.of()));
        loop = new ReceiveLoop(processor, guards, observer, stop);
        loop.clock = clock;
    }

    /** Serves what has arrived. The transport says with a {@link ClosedChannelException} that this is all. */
    public void serve() {
        try {
            loop.run(transport);
        } catch (ClosedChannelException e) {
            // Nothing more is there.
        } catch (IOException e) {
            throw new IllegalStateException("the transport does not fail", e);
        }
    }

    /** Tells the loop to stop, as SIGTERM does, and lets it serve what has arrived. */
    public void stop() {
        stop.request();
        serve();
    }

    /** Returns the counts so far. */
    public Statistics statistics() {
        return loop.observer.statistics();
    }
}
