package udp.api.trace;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import udp.api.cli.CommandLine;
import udp.api.cli.Option;
import udp.api.cli.Printable;
import udp.api.cli.Program;
import udp.api.cli.Shell;
import udp.api.cli.UsageException;
import udp.api.cli.Values;
import udp.api.spi.TransportConfig;

/** The options of both programs that show the socket calls. */
public final class TraceOptions {
    /** The options. */
    public static final List<Option> ALL = List.of(
            new Option('\0', "trace", null, "show each socket call on standard error"),
            new Option('\0', "hexdump", null, "the same, with the bytes"),
            new Option('\0', "trace-file", "F", "write each socket call to F, as JSON lines"));

    private TraceOptions() {}

    /**
     * Begins the trace that was asked for; its time counts from now on.
     *
     * @param line a command line with {@link #ALL} among its options
     * @param shell where it is shown
     * @param program the program's name
     * @return a trace, perhaps {@link Trace#NONE}
     * @throws UsageException if the file cannot be written
     */
    public static Trace open(CommandLine line, Shell shell, String program) {
        boolean shown = line.has("trace") || line.has("hexdump");
        if (!shown && !line.has("trace-file")) {
            return Trace.NONE;
        }
        warmUp();
        OutputStream file = line.get("trace-file", null, TraceOptions::file);
        StepText text = null;
        if (shown) {
            text = new StepText(System.nanoTime(), shell.showsColours(Shell.ERR), line.has("hexdump"));
            shell.err().print(StepText.HEADING);
        }
        return new Trace(program, System::nanoTime, InstantSource.system(), shell.err(), text, file);
    }

    /** The first use of what formats a step takes tens of milliseconds, which are not to be a part of the trace. */
    private static void warmUp() {
        InetSocketAddress address = new InetSocketAddress(TransportConfig.loopback(StandardProtocolFamily.INET), 1);
        Step step = new Step.Builder(Instant.EPOCH, 0, Call.SENDTO, "")
                .between(address, address)
                .data(new byte[1])
                .note("")
                .build();
        new StepText(0, false, true).of(step);
        StepJson.of("", step);
    }

    private static OutputStream file(String name) {
        try {
            return Files.newOutputStream(Path.of(Values.name(name)));
        } catch (NoSuchFileException e) {
            throw refusal(name, "no such directory");
        } catch (AccessDeniedException e) {
            throw refusal(name, "permission denied");
        } catch (IOException | InvalidPathException e) {
            throw refusal(name, Program.text(e));
        }
    }

    private static IllegalArgumentException refusal(String name, String reason) {
        return new IllegalArgumentException("cannot write '" + Printable.line(name) + "': " + reason);
    }
}
