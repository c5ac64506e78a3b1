package udp.internal.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import udp.api.MessageProcessor;
import udp.api.spi.TransportProvider;
import udp.internal.net.Addresses;
import udp.internal.text.Printable;

/** A trace that was asked for. */
final class LiveTrace extends Trace {
    private final String program;
    private final LongSupplier nanoTime;
    private final InstantSource clock;
    private final PrintStream err;
    private final boolean shown;
    private final StepText text;
    private OutputStream file;

    LiveTrace(
            String program,
            LongSupplier nanoTime,
            InstantSource clock,
            PrintStream err,
            boolean shown,
            StepText text,
            OutputStream file) {
        this.program = program;
        this.nanoTime = nanoTime;
        this.clock = clock;
        this.err = err;
        this.shown = shown;
        this.text = text;
        this.file = file;
    }

    static Trace begin(
            String program, PrintStream err, boolean shown, boolean colour, boolean hexdump, OutputStream file) {
        warmUp();
        if (shown) {
            err.print(StepText.HEADING);
        }
        StepText text = new StepText(System.nanoTime(), colour, hexdump);
        return new LiveTrace(program, System::nanoTime, InstantSource.system(), err, shown, text, file);
    }

    /** Formats a step before the first step: the JVM loads classes for that, which takes tens of milliseconds. */
    private static void warmUp() {
        InetSocketAddress address = new InetSocketAddress(Addresses.loopback(StandardProtocolFamily.INET), 1);
        Step step = Step.of(Instant.EPOCH, 0, "", Call.SENDTO, "")
                .between(address, address)
                .withData(new byte[1])
                .withNote("");
        new StepText(0, false, true).of(step);
        StepJson.of(step);
    }

    @Override
    public boolean isShown() {
        return shown;
    }

    @Override
    public TransportProvider wrap(TransportProvider provider) {
        return new TracedProvider(provider, this);
    }

    @Override
    public MessageProcessor wrapProcessor(MessageProcessor processor) {
        return new TracedProcessor(processor, Call.PROCESS, this);
    }

    @Override
    public MessageProcessor wrapPrinter(MessageProcessor printer) {
        return new TracedProcessor(printer, Call.PRINT, this);
    }

    @Override
    public void recordLookup(String java, String host, InetAddress... found) {
        Step step = step(Call.GETADDRINFO, java);
        String addresses = Stream.of(found).map(Printable::address).collect(Collectors.joining(", "));
        record(
                found.length == 0
                        ? step.withNote(host).withFailure("no address")
                        : step.withNote(host + ": " + addresses));
    }

    @Override
    public void recordRetransmission(String reason) {
        record(step(Call.RETRANSMISSION, null).withNote(reason));
    }

    @Override
    public synchronized void close() throws IOException {
        OutputStream closing = file;
        file = OutputStream.nullOutputStream();
        closing.close();
    }

    /** Begins a step at this moment. */
    Step step(Call call, String java) {
        return Step.of(clock.instant(), nanoTime.getAsLong(), program, call, java);
    }

    @Override
    public synchronized void record(Step step) {
        if (shown) {
            err.print(text.of(step));
            err.flush();
        }
        try { // A single call writes the whole line, so a program that is killed leaves whole lines.
            file.write(StepJson.of(step).getBytes(UTF_8));
        } catch (IOException e) { // The exchange goes on without the file.
            file = OutputStream.nullOutputStream();
            err.println(program + ": writing the trace failed, it ends here: " + Printable.line(Printable.failure(e)));
            err.flush();
        }
    }
}
