package udp.internal.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
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

/**
 * Shows the steps of a program: as text, and as lines of JSON. It stands between the program and the network with all
 * its faults, injected ones too: it shows what the program does. That a datagram was lost, doubled or late is seen from
 * both sides only, by laying the client's trace beside the server's.
 *
 * <p>A file has an object for each step, in a line of its own, with these members, of which a step lacks those that it
 * does not have:
 * <ul>
 * <li>{@code time}: the wall clock, as in ISO 8601, in UTC; {@code nanos}: the monotonic clock, in nanoseconds from a
 *     moment that is the same for all programs of a machine where the JVM is HotSpot. That of a {@code sendto()} is
 *     before the call, that of a {@code recvfrom()} after it, so that sending comes before receiving;
 * <li>{@code program}: {@code udp-client} or {@code udp-server};
 * <li>{@code call}: a {@link Call} as text; {@code java}: the method that does it;
 * <li>{@code local} and {@code peer}: the addresses and ports;
 * <li>{@code size}: how many bytes the datagram has; {@code data}: all of them, in hexadecimal;
 * <li>{@code note}: what else there is to say; {@code failure}: why the call failed.
 * </ul>
 *
 * <p>Thread-safe.
 */
public final class Trace implements Closeable {
    /** No trace: what it is put around stays as it is. */
    public static final Trace NONE = new Trace(null, null, null, null, null, null);

    private final String program;
    private final LongSupplier nanoTime;
    private final InstantSource clock;
    private final PrintStream err;
    private final StepText text; // null: none
    private OutputStream file; // null: none, or none any more

    Trace(
            String program,
            LongSupplier nanoTime,
            InstantSource clock,
            PrintStream err,
            StepText text,
            OutputStream file) {
        this.program = program;
        this.nanoTime = nanoTime;
        this.clock = clock;
        this.err = err;
        this.text = text;
        this.file = file;
    }

    /** Begins a trace whose time counts from now on: to standard error if shown, to the file if there is one. */
    public static Trace start(
            String program, PrintStream err, boolean shown, boolean colour, boolean hexdump, OutputStream file) {
        warmUp();
        StepText text = shown ? new StepText(System.nanoTime(), colour, hexdump) : null;
        if (shown) {
            err.print(StepText.HEADING);
        }
        return new Trace(program, System::nanoTime, InstantSource.system(), err, text, file);
    }

    /** Formats a step before the first one: loading what formats takes tens of milliseconds, which are not part of a trace. */
    private static void warmUp() {
        InetSocketAddress address = new InetSocketAddress(Addresses.loopback(StandardProtocolFamily.INET), 1);
        Step step = new Step.Builder(Instant.EPOCH, 0, Call.SENDTO, "")
                .between(address, address)
                .data(new byte[1])
                .note("")
                .build();
        new StepText(0, false, true).of(step);
        StepJson.of("", step);
    }

    /**
     * Whether the trace is shown on standard error.
     *
     * @return true if it is; false if it goes to a file alone, and for {@link #NONE}
     */
    public boolean isShown() {
        return text != null;
    }

    /**
     * Puts the trace around the transports that a provider opens.
     *
     * @param provider the provider, with faults if there are to be any
     * @return a provider whose transports are traced; the same provider if there is no trace
     */
    public TransportProvider around(TransportProvider provider) {
        return isOn() ? new TracedProvider(provider, this) : provider;
    }

    /**
     * Puts the trace around the processor of a server.
     *
     * @param processor makes answers
     * @return a processor whose answers are shown; the same processor if there is no trace
     */
    public MessageProcessor processing(MessageProcessor processor) {
        return isOn() ? new TracedProcessor(processor, Call.PROCESS, this) : processor;
    }

    /**
     * Puts the trace around the processor of a client.
     *
     * @param processor prints replies
     * @return a processor that is shown when it has printed; the same processor if there is no trace
     */
    public MessageProcessor printing(MessageProcessor processor) {
        return isOn() ? new TracedProcessor(processor, Call.PRINT, this) : processor;
    }

    /**
     * Shows the look-up of a name.
     *
     * @param java the method that did it
     * @param host the name
     * @param found all addresses, or none if there are none
     */
    public void lookedUp(String java, String host, InetAddress... found) {
        if (isOn()) {
            Step.Builder step = step(Call.GETADDRINFO, java);
            String name = Printable.line(host);
            if (found.length == 0) {
                show(step.note(name).failed("no address"));
            } else {
                show(step.note(
                        name + ": " + Stream.of(found).map(Printable::address).collect(Collectors.joining(", "))));
            }
        }
    }

    /**
     * Shows that the client is about to send again.
     *
     * @param reason why, and which try it is
     */
    public void retransmission(String reason) {
        if (isOn()) {
            show(step(Call.RETRANSMISSION, "Exchange.run").note(reason));
        }
    }

    /** Closes the file. What comes after that is not written to it. */
    @Override
    public synchronized void close() throws IOException {
        OutputStream closing = file;
        file = null;
        if (closing != null) {
            closing.close();
        }
    }

    private boolean isOn() {
        return program != null;
    }

    /** A step at this moment. */
    Step.Builder step(Call call, String java) {
        return new Step.Builder(clock.instant(), nanoTime.getAsLong(), call, java);
    }

    synchronized void show(Step.Builder builder) {
        Step step = builder.build();
        if (text != null) {
            err.print(text.of(step));
            err.flush();
        }
        if (file != null) {
            write(step);
        }
    }

    /** In one call for each line, so that a program that is killed leaves whole lines. */
    private void write(Step step) {
        try {
            file.write(StepJson.of(program, step).getBytes(UTF_8));
        } catch (IOException e) { // which is no reason to end the exchange
            file = null;
            err.println(program + ": writing the trace failed, it ends here: " + Printable.line(Printable.failure(e)));
            err.flush();
        }
    }
}
