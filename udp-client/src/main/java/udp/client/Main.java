package udp.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import udp.api.MessageProcessor;
import udp.api.spi.Providers;
import udp.api.spi.TransportProvider;
import udp.api.spi.TransportProvider.Role;
import udp.client.cli.ClientOptions;
import udp.client.cli.LineReader;
import udp.client.cli.ReplyPrinter;
import udp.internal.cli.CommandLine;
import udp.internal.cli.Program;
import udp.internal.cli.Shell;
import udp.internal.cli.TraceOptions;
import udp.internal.cli.UsageException;
import udp.internal.text.Printable;
import udp.internal.trace.Trace;

/** The client as a program. */
public final class Main {
    private static final Program PROGRAM =
            new Program("udp-client", """
            usage: java -jar udp-client.jar [OPTION]... [HOST [PORT]]
            Sends each line of standard input to HOST (localhost), PORT (50007) as a
            datagram, and prints each reply as a line. On a terminal: one sentence.
            """, ClientOptions.OPTIONS, ClientOptions.OPERANDS);

    private final Shell shell;
    private final ClientOptions config;
    private final Client client;
    private final MessageProcessor printer;

    private Main(Shell shell, ClientOptions config, Client client, Trace trace) {
        this.shell = shell;
        this.config = config;
        this.client = client;
        this.printer =
                trace.printing(new ReplyPrinter(shell.out(), shell.terminal().test(Shell.OUT)));
    }

    /**
     * Runs the client and ends the JVM with its exit status.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        System.exit(run(Shell.system(), arguments));
    }

    static int run(Shell shell, String... arguments) {
        // classes rather than lambdas, which take longer to make than the exchange: this JVM serves one
        return PROGRAM.run(shell, List.of(arguments), new Program.Body() {
            @Override
            public int run(CommandLine line) throws IOException {
                ClientOptions config = ClientOptions.of(line);
                Trace trace = TraceOptions.open(line, shell, PROGRAM.name());
                try (trace;
                        Client client = new Client(
                                config.name(),
                                config.addresses(trace),
                                trace.around(provider(config)),
                                config.localPort(),
                                config.retransmission(),
                                progress(shell, trace))) {
                    return new Main(shell, config, client, trace).run();
                }
            }
        });
    }

    private static TransportProvider provider(ClientOptions config) {
        String name = config.transport();
        TransportProvider provider = name.equals(ClientOptions.DEFAULT_TRANSPORT)
                ? new ChannelClientProvider() // looking for others takes longer than the exchange
                : UsageException.orRefuse(() -> Providers.transport(Role.CLIENT, name));
        return config.faults().around(provider);
    }

    private static Progress progress(Shell shell, Trace trace) {
        boolean told = shell.terminal().test(Shell.ERR) && !trace.isShown(); // which tells it already
        return new Progress() {
            @Override
            public void waiting(String reason) {
                trace.retransmission(reason);
                if (told) {
                    tell(shell, reason);
                }
            }
        };
    }

    private int run() throws IOException {
        if (config.message() != null) {
            return sendOne(config.message().getBytes(UTF_8));
        }
        LineReader lines = new LineReader(shell.in(), client.largestRequest());
        if (shell.terminal().test(Shell.IN)) {
            return askForOne(lines);
        }
        return sendEach(lines);
    }

    private int askForOne(LineReader lines) throws IOException {
        var prompt = shell.terminal().test(Shell.OUT) ? shell.out() : shell.err();
        prompt.print("Input lowercase sentence:");
        prompt.flush();
        byte[] sentence = lines.next();
        if (sentence == null) { // Ctrl-D
            prompt.println();
            return Program.DONE;
        }
        return sendOne(sentence);
    }

    private int sendOne(byte[] message) throws IOException {
        try {
            client.exchange(ByteBuffer.wrap(message), printer);
            return Program.DONE;
        } catch (MessageTooLargeException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private int sendEach(LineReader lines) throws IOException {
        int status = Program.DONE;
        byte[] line;
        for (long number = 1; (line = lines.next()) != null; number++) {
            if (number == 2 && config.localPort() != 0) {
                throw new UsageException("--local-port is for one message: a late reply to it must not be taken for"
                        + " the reply to the next");
            }
            try {
                client.exchange(ByteBuffer.wrap(line), printer);
            } catch (IOException | MessageTooLargeException e) {
                tell(shell, "line " + number + ": " + Printable.failure(e));
                status = Program.FAILED;
            }
        }
        return status;
    }

    private static void tell(Shell shell, String message) {
        shell.err().println("udp-client: " + Printable.line(message));
        shell.err().flush();
    }
}
