package udp.it.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;
import udp.api.Transport;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider;
import udp.internal.text.Printable;
import udp.it.bench.BenchOptions.Scenario;

/** The load of a scenario from a client transport: a thread and a socket for each client. */
final class Load {
    private final TransportProvider provider;
    private final Scenario scenario;
    private final Duration time;

    Load(TransportProvider provider, Scenario scenario, Duration time) {
        this.provider = provider;
        this.scenario = scenario;
        this.time = time;
    }

    Measurement on(ServerProcess server) throws IOException {
        List<Transport> transports = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(scenario.clients());
        try {
            for (int i = 0; i < scenario.clients(); i++) {
                transports.add(provider.open(TransportConfig.connect(server.address())));
            }
            return measure(server, transports, threads);
        } finally {
            threads.shutdownNow();
            for (Transport transport : transports) {
                transport.close();
            }
        }
    }

    private Measurement measure(ServerProcess server, List<Transport> transports, ExecutorService threads)
            throws IOException {
        CountDownLatch ready = new CountDownLatch(transports.size());
        CountDownLatch go = new CountDownLatch(1);
        List<Window> windows = new ArrayList<>();
        List<Future<Long>> cpuNanos = new ArrayList<>();
        for (Transport transport : transports) {
            double rate = scenario.rate() / (double) scenario.clients();
            int slots = scenario.isAtRate() ? Window.slots(rate) : scenario.window();
            Window window = new Window(transport, server.address(), scenario.size(), slots);
            windows.add(window);
            cpuNanos.add(threads.submit(() -> {
                ready.countDown();
                go.await();
                long before = threadCpuNanos();
                long end = System.nanoTime() + time.toNanos();
                if (scenario.isAtRate()) {
                    window.runAtRate(rate, end);
                } else {
                    window.run(end);
                }
                return threadCpuNanos() - before;
            }));
        }
        try {
            ready.await();
            ServerProcess.Usage before = server.usage();
            long start = System.nanoTime();
            go.countDown();
            long clientCpu = 0;
            for (Future<Long> each : cpuNanos) {
                clientCpu += each.get();
            }
            server.requireAlive();
            return sum(windows, start, before, server.usage(), clientCpu);
        } catch (ExecutionException e) {
            server.requireAlive();
            throw new IOException(provider.name() + " client: " + Printable.failure(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static Measurement sum(
            List<Window> windows, long start, ServerProcess.Usage before, ServerProcess.Usage after, long clientCpu) {
        Histogram latencies = Measurement.histogram();
        windows.forEach(window -> latencies.add(window.latencies));
        return new Measurement(
                windows.stream().mapToLong(window -> window.exchanges).sum(),
                windows.stream().mapToLong(window -> window.lost).sum(),
                windows.stream().mapToLong(window -> window.unsent).sum(),
                windows.stream().mapToLong(window -> window.stray).sum(),
                windows.stream().mapToLong(window -> window.wrong).sum(),
                windows.stream()
                        .mapToLong(window -> window.lastReplyNanos - start)
                        .max()
                        .orElseThrow(),
                after.cpu().since(before.cpu()),
                clientCpu,
                before.allocated() < 0 ? -1 : after.allocated() - before.allocated(),
                after.resident(),
                latencies);
    }

    private static long threadCpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
