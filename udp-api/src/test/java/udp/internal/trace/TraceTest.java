package udp.internal.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import udp.api.MessageProcessor;
import udp.api.MessageProcessor.Outcome;
import udp.api.Transport;
import udp.api.spi.TransportConfig;
import udp.api.spi.TransportProvider;
import udp.api.spi.TransportProvider.Role;
import udp.test.FakeProvider;
import udp.test.ScriptedTransport;

class TraceTest {
    private static final InetSocketAddress PEER = new InetSocketAddress("127.0.0.1", 7);
    private static final String CONNECTED = """
             0.001 ms  socket()         DatagramChannel.open
             0.002 ms  bind()           DatagramChannel.bind      0.0.0.0:4242  the system chose port 4242
             0.003 ms  connect()        DatagramChannel.connect   127.0.0.1:4242 -> 127.0.0.1:7
        """;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final ScriptedTransport transport = new ScriptedTransport(new InetSocketAddress("127.0.0.1", 4242));
    private IOException failure;
    private long clock;

    private Trace trace(boolean hexdump, OutputStream to) {
        return new LiveTrace(
                "udp-client",
                () -> clock += 1000,
                () -> Instant.EPOCH,
                new PrintStream(err, true, UTF_8),
                true,
                new StepText(0, false, hexdump),
                to);
    }

    private Trace trace() {
        return trace(false, OutputStream.nullOutputStream());
    }

    private String shown() {
        return err.toString(UTF_8);
    }

    private TransportProvider provider(String name) {
        return new FakeProvider(Role.CLIENT, name, config -> {
            if (failure != null) {
                throw failure;
            }
            return transport;
        });
    }

    private Transport traced(OutputStream to) throws IOException {
        return trace(false, to).wrap(provider("channel")).open(TransportConfig.connect(PEER));
    }

    private Transport traced() throws IOException {
        return traced(OutputStream.nullOutputStream());
    }

    @Test
    void anExchangeIsShownCallByCall() throws IOException {
        transport.receiving("HELLO".getBytes(UTF_8), PEER);
        Transport traced = traced();
        ByteBuffer hello = ByteBuffer.wrap("xxhello".getBytes(UTF_8)).position(2);
        traced.send(hello, PEER);
        assertEquals(0, hello.remaining());
        ByteBuffer buffer = ByteBuffer.allocate(10).position(3);
        assertEquals(PEER, traced.receive(buffer));
        assertEquals(8, buffer.position());
        assertEquals(transport.toString(), traced.toString());
        traced.close();
        traced.close();
        assertEquals(CONNECTED + """
             0.004 ms  sendto()         DatagramChannel.send      127.0.0.1:4242 -> 127.0.0.1:7  5 bytes "hello"
             0.005 ms  recvfrom()       DatagramChannel.receive   127.0.0.1:4242 <- 127.0.0.1:7  5 bytes "HELLO"
             0.006 ms  close()          DatagramChannel.close     127.0.0.1:4242
        """, shown());
    }

    @Test
    void aWaitInVainIsATimeOutAndALookIsNot() throws IOException {
        Transport traced = traced();
        traced.receive(ByteBuffer.allocate(1), Duration.ofNanos(999_999_001));
        traced.receive(ByteBuffer.allocate(1), Duration.ZERO);
        assertEquals(CONNECTED + """
             0.004 ms  time-out         DatagramSocket.receive    127.0.0.1:4242 <- 127.0.0.1:7  nothing within 1 s
        """, shown());
    }

    @Test
    void aFailureIsShownAndThrown() throws IOException {
        Transport traced = traced();
        IOException cut = new IOException("no\nnetwork");
        transport.sendFailures.add(cut);
        transport.failing(cut);
        assertSame(cut, assertThrows(IOException.class, () -> traced.send(ByteBuffer.allocate(1), PEER)));
        assertSame(cut, assertThrows(IOException.class, () -> traced.receive(ByteBuffer.allocate(1))));
        assertSame(transport.end, assertThrows(IOException.class, () -> traced.receive(ByteBuffer.allocate(1))));
        assertEquals(CONNECTED + """
             0.004 ms  sendto()         DatagramChannel.send      127.0.0.1:4242 -> 127.0.0.1:7  1 byte "\\u0000"  failed: no\\u000anetwork
             0.005 ms  recvfrom()       DatagramChannel.receive   127.0.0.1:4242 <- 127.0.0.1:7  failed: no\\u000anetwork
        """, shown());
    }

    @Test
    void aSocketThatCannotBeOpenedIsShown() {
        failure = new BindException("Address already in use");
        TransportProvider traced = trace().wrap(provider("socket"));
        assertEquals("socket", traced.name());
        assertEquals(Role.CLIENT, traced.role());
        assertThrows(BindException.class, () -> traced.open(TransportConfig.bind(PEER)));
        assertEquals("""
             0.001 ms  socket()         DatagramChannel.socket
             0.002 ms  bind()           DatagramSocket.bind       127.0.0.1:7  failed: Address already in use
        """, shown());
    }

    @Test
    void aPortThatWasAskedForIsRefusedByBinding() {
        failure = new BindException("Address already in use");
        TransportProvider traced = trace().wrap(provider("channel"));
        assertThrows(
                BindException.class, () -> traced.open(new TransportConfig(new InetSocketAddress("0.0.0.0", 9), PEER)));
        failure = new BindException("Permission denied");
        assertThrows(BindException.class, () -> traced.open(TransportConfig.connect(PEER)));
        failure = new IOException("Network is unreachable");
        assertThrows(IOException.class, () -> traced.open(TransportConfig.connect(PEER)));
        assertEquals("""
             0.001 ms  socket()         DatagramChannel.open
             0.002 ms  bind()           DatagramChannel.bind      0.0.0.0:9  failed: Address already in use
             0.003 ms  socket()         DatagramChannel.open
             0.004 ms  connect()        DatagramChannel.connect   0.0.0.0:0 -> 127.0.0.1:7  failed: Permission denied
             0.005 ms  socket()         DatagramChannel.open
             0.006 ms  connect()        DatagramChannel.connect   0.0.0.0:0 -> 127.0.0.1:7  failed: Network is unreachable
        """, shown());
    }

    @ParameterizedTest
    @CsvSource({
        "channel, SENDTO, DatagramChannel.send",
        "channel, TIME_OUT, DatagramSocket.receive",
        "socket, RECVFROM, DatagramSocket.receive",
        "socket, CONNECT, DatagramSocket.connect",
        "mine, SOCKET, TransportProvider.open",
        "mine, CONNECT, TransportProvider.open",
        "mine, TIME_OUT, Transport.receive",
        "mine, CLOSE, Transport.close"
    })
    void theNameInJavaIsThatOfTheTransport(String provider, Call call, String name) {
        assertEquals(name, new JavaNames(provider).of(call));
    }

    @Test
    void theServersReplyIsShown() {
        Trace trace = trace();
        MessageProcessor upper = trace.wrapProcessor(MessageProcessor.ofText(text -> text.isEmpty() ? null : "HELLO"));
        ByteBuffer reply = ByteBuffer.allocate(10);
        assertEquals(Outcome.REPLY, upper.process(ByteBuffer.wrap("hello".getBytes(UTF_8)), reply, PEER));
        assertEquals(5, reply.position());
        assertEquals(10, reply.limit());
        upper.process(ByteBuffer.allocate(0), reply, PEER);
        MessageProcessor failing = trace.wrapProcessor((request, none, peer) -> {
            throw new IllegalStateException("oops");
        });
        assertThrows(IllegalStateException.class, () -> failing.process(ByteBuffer.allocate(0), reply, PEER));
        assertEquals("""
             0.001 ms  process request  MessageProcessor.process  127.0.0.1:7  5 bytes "HELLO"
             0.002 ms  process request  MessageProcessor.process  127.0.0.1:7  no reply
             0.003 ms  process request  MessageProcessor.process  127.0.0.1:7  failed: java.lang.IllegalStateException: oops
        """, shown());
    }

    @Test
    void theClientsReplyLookUpAndRetransmissionAreShown() throws IOException {
        Trace trace = trace();
        trace.recordLookup("InetAddress.getAllByName", "my\u001bhost", PEER.getAddress(), InetAddress.getByName("::1"));
        trace.recordLookup("InetAddress.getAllByName", "nowhere");
        trace.recordRetransmission("no reply yet; try 2 of 3");
        trace.wrapPrinter(MessageProcessor.ofText(text -> null))
                .process(ByteBuffer.wrap("HI".getBytes(UTF_8)), ByteBuffer.allocate(0), PEER);
        assertEquals("""
             0.001 ms  getaddrinfo()    InetAddress.getAllByName  my\\u001bhost: 127.0.0.1, ::1
             0.002 ms  getaddrinfo()    InetAddress.getAllByName  nowhere  failed: no address
             0.003 ms  retransmission                             no reply yet; try 2 of 3
             0.004 ms  print reply      MessageProcessor.process  127.0.0.1:7  2 bytes "HI"
        """, shown());
    }

    @Test
    void theBytesFollowInHexadecimal() {
        trace(true, OutputStream.nullOutputStream())
                .wrapPrinter((request, reply, peer) -> Outcome.NO_REPLY)
                .process(ByteBuffer.wrap("0123456789abcdefgh\u00e4".getBytes(UTF_8)), ByteBuffer.allocate(0), PEER);
        assertEquals("""
             0.001 ms  print reply      MessageProcessor.process  127.0.0.1:7  20 bytes "0123456789abcdefgh\u00e4"
                       00000000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  |0123456789abcdef|
                       00000010  67 68 c3 a4                                       |gh..|
        """, shown());
    }

    @Test
    void aLineOfJsonHasAllThereIs() throws IOException {
        transport.receiving(new byte[0], PEER);
        Transport traced = traced(file);
        traced.receive(ByteBuffer.allocate(1));
        transport.sendFailures.add(new IOException("\"no\\network\"\n\ud800\u4f60"));
        assertThrows(IOException.class, () -> traced.send(ByteBuffer.wrap(new byte[] {0, -1}), PEER));
        assertEquals("""
        {"time":"1970-01-01T00:00:00Z","nanos":1000,"program":"udp-client","call":"socket()","java":"DatagramChannel.open"}
        {"time":"1970-01-01T00:00:00Z","nanos":2000,"program":"udp-client","call":"bind()","java":"DatagramChannel.bind","local":"0.0.0.0:4242","note":"the system chose port 4242"}
        {"time":"1970-01-01T00:00:00Z","nanos":3000,"program":"udp-client","call":"connect()","java":"DatagramChannel.connect","local":"127.0.0.1:4242","peer":"127.0.0.1:7"}
        {"time":"1970-01-01T00:00:00Z","nanos":4000,"program":"udp-client","call":"recvfrom()","java":"DatagramChannel.receive","local":"127.0.0.1:4242","peer":"127.0.0.1:7","size":0,"data":""}
        {"time":"1970-01-01T00:00:00Z","nanos":5000,"program":"udp-client","call":"sendto()","java":"DatagramChannel.send","local":"127.0.0.1:4242","peer":"127.0.0.1:7","size":2,"data":"00ff","failure":"\\"no\\\\network\\"\\\\u000a\\\\ud800\u4f60"}
        """, file.toString(UTF_8));
    }

    @Test
    void aFileThatCannotBeWrittenAnyMoreIsGivenUpOnce() throws IOException {
        Trace trace = trace(false, new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        });
        trace.recordRetransmission("one");
        trace.recordRetransmission("two");
        trace.close();
        assertEquals(3, shown().lines().count());
        assertEquals(
                "udp-client: writing the trace failed, it ends here: No space left on device",
                shown().lines().toList().get(1));
    }

    @Test
    void whatComesAfterTheEndIsNotWritten() throws IOException {
        Trace trace = trace(false, file);
        trace.close();
        trace.recordRetransmission("late");
        trace.close();
        assertEquals("", file.toString(UTF_8));
    }

    @Test
    void withoutATraceEverythingStaysAsItIs() throws IOException {
        TransportProvider provider = provider("channel");
        MessageProcessor processor = (request, reply, peer) -> Outcome.NO_REPLY;
        assertSame(provider, Trace.NONE.wrap(provider));
        assertSame(processor, Trace.NONE.wrapProcessor(processor));
        assertSame(processor, Trace.NONE.wrapPrinter(processor));
        Trace.NONE.recordLookup("", "host");
        Trace.NONE.recordRetransmission("");
        Trace.NONE.close();
    }

    @ParameterizedTest
    @CsvSource({"SENDTO, 32", "RECVFROM, 36", "PROCESS, 35", "TIME_OUT, 33", "RETRANSMISSION, 33", "CLOSE, ''"})
    void aTerminalShowsTheKindInColour(Call call, String colour) {
        String line = new StepText(0, true, false).of(Step.of(Instant.EPOCH, 0, "", call, "x"));
        assertEquals(!colour.isEmpty(), line.contains("\u001b[" + colour + "m" + call), line);
        assertEquals(!colour.isEmpty(), line.contains("\u001b[0m"), line);
        String failed = new StepText(0, true, false)
                .of(Step.of(Instant.EPOCH, 0, "", call, "x").withFailure("no"));
        assertEquals(true, failed.contains("\u001b[31m" + call), failed);
    }

    @ParameterizedTest
    @CsvSource({
        "abcd, 4, \"abcd\"",
        "abcde, 4, \"abcd\"...",
        "'', 0, \"\"",
        "\u4f60\u597d\u4f60\u597d, 2, \"\u4f60\u597d\"..."
    })
    void anExcerptIsCutBetweenCharacters(String text, int most, String excerpt) {
        assertEquals(excerpt, Excerpt.of(text.getBytes(UTF_8), most));
    }
}
