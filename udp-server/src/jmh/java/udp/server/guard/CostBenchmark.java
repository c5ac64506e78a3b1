package udp.server.guard;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import udp.api.spi.AbstractTransport;
import udp.internal.net.NanoClock;
import udp.server.monitor.KernelDrops;
import udp.server.monitor.Observer;
import udp.server.monitor.ServerLog;

/**
 * What the parts of the server's loop cost for a request and its reply, without the socket. Peers take turns. All send the
 * same text again and again, at which the loop guard looks most closely.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class CostBenchmark {
    private static final int MICRO = 1000;

    @Param({"1", "64"})
    private int peers;

    @Param({"32", "1400"})
    private int size;

    private final SourceFilter sources = new SourceFilter(Set.of(new InetSocketAddress("127.0.0.1", 50007)));
    private final RateLimit limit = RateLimit.of(1_000_000);
    private final LoopGuard loops = new LoopGuard();
    private final Observer observer = new Observer(new ServerLog(System::nanoTime), new KernelDrops(Set.of()));
    private final AbstractTransport transport = new NoSocket();
    private InetSocketAddress[] all;
    private ByteBuffer message;
    private int next;
    private long now;

    @Setup
    public void fill() {
        message = ByteBuffer.allocateDirect(size);
        all = new InetSocketAddress[peers];
        for (int i = 0; i < peers; i++) {
            all[i] = new InetSocketAddress("127.0.0.1", 40_000 + i);
        }
    }

    private InetSocketAddress peer() {
        next = next + 1 < peers ? next + 1 : 0;
        return all[next];
    }

    @Benchmark
    public InetSocketAddress transport() throws IOException {
        transport.send(message, all[0]);
        return transport.receive(message);
    }

    @Benchmark
    public long clock() {
        return NanoClock.SYSTEM.nanoTime();
    }

    @Benchmark
    public boolean sourceFilter() {
        return sources.refuses(peer());
    }

    /** Only with the option {@code --rate-limit}. */
    @Benchmark
    public boolean rateLimit() {
        return limit.allows(peer(), now += MICRO);
    }

    @Benchmark
    public boolean loopGuard() {
        InetSocketAddress peer = peer();
        boolean allowed = loops.allows(peer, message, now += MICRO);
        loops.recordReply(peer, message);
        return allowed;
    }

    @Benchmark
    public void observer() {
        InetSocketAddress peer = peer();
        observer.recordReceived(peer, size);
        observer.recordReplied(peer, size);
    }

    private final class NoSocket extends AbstractTransport {
        NoSocket() {
            super(new InetSocketAddress(0), null);
        }

        @Override
        protected InetSocketAddress receiveFrom(ByteBuffer buffer) {
            return all[0];
        }

        @Override
        protected InetSocketAddress receiveFrom(ByteBuffer buffer, int millis) {
            return all[0];
        }

        @Override
        protected void sendTo(ByteBuffer datagram, InetSocketAddress destination) {}

        @Override
        protected boolean isOpen() {
            return true;
        }

        @Override
        protected void closeSocket() {}
    }
}
