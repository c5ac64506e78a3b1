package udp.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import udp.api.MessageProcessor;
import udp.api.spi.Providers;
import udp.api.spi.TransportProvider;
import udp.api.spi.TransportProvider.Role;
import udp.client.cli.Advice;
import udp.client.cli.ClientOptions;
import udp.client.cli.MessageInput;
import udp.client.cli.ReplyPrinter;
import udp.internal.cli.Shell;
import udp.internal.cli.UsageException;
import udp.internal.trace.Trace;

/** The client as a program: reads its options, asks the server each message, prints each reply. */
public final class Main {
    private Main() {}

    /**
     * Runs the client and ends the JVM with its exit status.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        System.exit(run(Shell.system(), arguments));
    }

    static int run(Shell shell, String... arguments) {
        return ClientOptions.PROGRAM.run(shell, List.of(arguments), line -> {
            ClientOptions options = ClientOptions.of(line);
            try (Trace trace = ClientOptions.startTrace(line, shell);
                    Client client = new Client(
                            new ServerAddresses(options.name(), () -> options.addresses(trace)),
                            new ClientSockets(provider(options, trace), options.localPort()),
                            new RetryPolicy(options.timeout(), options.tries()),
                            new RetryNotice(shell, options, trace))) {
                MessageInput messages = new MessageInput(shell, options, client.maxRequest());
                return exchange(client, messages, trace.wrapPrinter(new ReplyPrinter(shell)));
            }
        });
    }

    private static int exchange(Client client, MessageInput messages, MessageProcessor printer) throws IOException {
        for (byte[] message = messages.next(); message != null; message = messages.next()) {
            try {
                client.exchange(ByteBuffer.wrap(message), printer);
            } catch (IOException e) {
                messages.fail(e);
            }
        }
        return messages.status();
    }

    private static TransportProvider provider(ClientOptions options, Trace trace) {
        TransportProvider provider = options.transport().equals(ClientOptions.DEFAULT_TRANSPORT)
                ? new ChannelClientProvider() // Looking for others takes longer than the exchange.
                : UsageException.orRefuse(() -> Providers.transport(Role.CLIENT, options.transport()));
        return trace.wrap(options.faults().isPresent() ? options.faults().get().wrap(provider) : provider);
    }

    /** Tells the user on a terminal, or the trace, that a request is sent again. */
    private record RetryNotice(Shell shell, ClientOptions options, Trace trace) implements RetryListener {
        @Override
        public void onRetry(boolean refused, int number, Duration wait) {
            String reason = Advice.beforeRetry(options, refused, number, wait);
            trace.recordRetransmission(reason);
            if (shell.isTerminal(Shell.ERR) && !trace.isShown()) { // A shown trace tells it already.
                Advice.tell(shell, reason);
            }
        }
    }
}
