package udp.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Locale;
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
import udp.server.processor.UpperProcessor;

/** The upper-casing of a datagram by the server's processor, and with a string. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class UpperBenchmark {
    @Param({"32", "1400", "8192"})
    private int size;

    private final UpperProcessor upper = new UpperProcessor();
    private final InetSocketAddress peer = new InetSocketAddress("127.0.0.1", 50007);
    private ByteBuffer request;
    private ByteBuffer reply;

    @Setup
    public void fill() {
        request = ByteBuffer.allocateDirect(size);
        reply = ByteBuffer.allocateDirect(size);
        for (int i = 0; i < size; i++) {
            request.put(i, (byte) "hello, world ".charAt(i % 13));
        }
    }

    @Benchmark
    public ByteBuffer processor() {
        upper.process(request.clear(), reply.clear(), peer);
        return reply;
    }

    @Benchmark
    public ByteBuffer string() {
        String text = UTF_8.decode(request.clear()).toString();
        return reply.clear().put(text.toUpperCase(Locale.ROOT).getBytes(UTF_8));
    }
}
