package udp.internal.trace;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import udp.api.MessageProcessor;
import udp.api.spi.TransportProvider;

/**
 * A trace of a program's steps, as text and as lines of JSON ({@link Step} has their members). It stands between the
 * program and the network with all its faults, injected faults too, so it shows what the program does. Whether a
 * datagram was lost, doubled or late is seen only in the traces of both sides together, or in the trace of a relay
 * between them. This class itself traces nothing; thread-safe.
 */
public class Trace implements Closeable {
    /** The trace that shows nothing: what it wraps stays as it is. */
    public static final Trace NONE = new Trace();

    Trace() {}

    /** Starts a trace whose time counts from now on: on standard error if shown, and to the file. */
    public static Trace start(
            String program, PrintStream err, boolean shown, boolean colour, boolean hexdump, OutputStream file) {
        return LiveTrace.begin(program, err, shown, colour, hexdump, file);
    }

    /** Returns whether standard error shows the trace. */
    public boolean isShown() {
        return false;
    }

    /** Wraps a provider, with faults if there are to be any, so that the trace has the calls of its transports. */
    public TransportProvider wrap(TransportProvider provider) {
        return provider;
    }

    /** Wraps the processor of a server, so that the trace has its replies. */
    public MessageProcessor wrapProcessor(MessageProcessor processor) {
        return processor;
    }

    /** Wraps the processor of a client, which prints replies, so that the trace has what was printed. */
    public MessageProcessor wrapPrinter(MessageProcessor printer) {
        return printer;
    }

    /** Records the look-up of a name by a method of Java, with all addresses or, if it failed, with none. */
    public void recordLookup(String java, String host, InetAddress... found) {}

    /** Records that the client is about to send again, and why. */
    public void recordRetransmission(String reason) {}

    /** Records a step that its caller has made. */
    public void record(Step step) {}

    /** Closes the file. Later steps are not written to it. */
    @Override
    public void close() throws IOException {}
}
