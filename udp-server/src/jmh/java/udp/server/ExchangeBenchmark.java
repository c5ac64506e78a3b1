package udp.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import udp.api.spi.Providers;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider.Role;
import udp.internal.net.Addresses;
import udp.server.processor.UpperProcessor;

/**
 * An exchange over loopback with a server in the same JVM. There is no loss handling: with only one datagram on its way,
 * loopback loses none.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ExchangeBenchmark {
    @Param({"channel", "socket"})
    private String transport;

    @Param({"32", "1400", "8192"})
    private int size;

    private final ByteBuffer reply = ByteBuffer.allocateDirect(Addresses.MAX_PAYLOAD);
    private ByteBuffer request;
    private int number;
    private Server server;
    private DatagramChannel client;

    @Setup
    public void start() throws IOException {
        InetSocketAddress anyPort = new InetSocketAddress(Addresses.loopback(StandardProtocolFamily.INET), 0);
        server = Server.start(
                Providers.transport(Role.SERVER, transport).open(TransportConfig.bind(anyPort)), new UpperProcessor());
        client = DatagramChannel.open(StandardProtocolFamily.INET).connect(server.localAddress());
        request = ByteBuffer.allocateDirect(size);
        for (int i = 0; i < size; i++) {
            request.put(i, (byte) 'a');
        }
    }

    @Benchmark
    public int exchange() throws IOException {
        number++; // the server would take repeated messages for a loop
        for (int i = 0; i < 8; i++) {
            request.put(i, (byte) ('a' + (number >>> 4 * i & 15)));
        }
        client.write(request.clear());
        return client.read(reply.clear());
    }

    @TearDown
    public void close() throws IOException {
        client.close();
        server.close();
    }
}
