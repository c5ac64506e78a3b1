package udp.it.kit;

import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtendWith;
import udp.api.MessageProcessor;
import udp.api.spi.TransportProvider;
import udp.api.spi.TransportProvider.Role;

/**
 * A contract and what it is to be tried on.
 *
 * @param contract the class with the tests
 * @param subject what its constructor takes
 * @param circumstances what distinguishes it from other trials of the same subject
 */
record Trial(Class<?> contract, Object subject, String circumstances) {
    /** A client's transport is tried connected to its peer and, as for an empty message, not connected. */
    static List<Trial> of(TransportProvider provider, boolean sayRole) {
        if (provider.role() == Role.SERVER) {
            return List.of(new Trial(Unconnected.class, provider, sayRole ? "server" : ""));
        }
        String role = sayRole ? "client " : "";
        return List.of(
                new Trial(Connected.class, provider, role + "connected"),
                new Trial(Unconnected.class, provider, role + "not connected"));
    }

    static Trial ofProcessor(Supplier<MessageProcessor> processors, MessageProcessor expected) {
        return new Trial(Processor.class, new ProcessorSubject(processors, expected), "");
    }

    static Trial ofServer(String command, MessageProcessor expected) {
        return new Trial(Server.class, new ServerSubject(command, expected), "");
    }

    static Trial ofClient(String command, double loss) {
        return new Trial(Client.class, new ClientSubject(command, loss), "");
    }

    static Trial ofPinger(String command) {
        return new Trial(Pinger.class, new PingerSubject(command), "");
    }

    static Trial ofFileTransfer(String sender, String receiver) {
        return new Trial(FileTransfer.class, new FileTransferSubject(sender, receiver), "");
    }

    private record PingerSubject(String command) {}

    private record FileTransferSubject(String sender, String receiver) {}

    private record ProcessorSubject(Supplier<MessageProcessor> processors, MessageProcessor expected) {}

    private record ServerSubject(String command, MessageProcessor expected) {}

    private record ClientSubject(String command, double loss) {}

    @ExtendWith(SubjectResolver.class)
    static final class Unconnected extends TransportContract {
        private final TransportProvider provider;

        Unconnected(TransportProvider provider) {
            this.provider = provider;
        }

        @Override
        protected TransportProvider provider() {
            return provider;
        }
    }

    @ExtendWith(SubjectResolver.class)
    static final class Connected extends ConnectedTransportContract {
        private final TransportProvider provider;

        Connected(TransportProvider provider) {
            this.provider = provider;
        }

        @Override
        protected TransportProvider provider() {
            return provider;
        }
    }

    @ExtendWith(SubjectResolver.class)
    static final class Processor extends MessageProcessorContract {
        private final ProcessorSubject subject;

        Processor(ProcessorSubject subject) {
            this.subject = subject;
        }

        @Override
        protected MessageProcessor processor() {
            return subject.processors.get();
        }

        @Override
        protected MessageProcessor expected() {
            return subject.expected;
        }
    }

    @ExtendWith(SubjectResolver.class)
    static final class Server extends ServerContract {
        private final ServerSubject subject;

        Server(ServerSubject subject) {
            this.subject = subject;
        }

        @Override
        protected String command() {
            return subject.command;
        }

        @Override
        protected MessageProcessor expected() {
            return subject.expected;
        }
    }

    @ExtendWith(SubjectResolver.class)
    static final class Client extends ClientContract {
        private final ClientSubject subject;

        Client(ClientSubject subject) {
            this.subject = subject;
        }

        @Override
        protected String command() {
            return subject.command;
        }

        @Override
        protected double loss() {
            return subject.loss;
        }
    }

    @ExtendWith(SubjectResolver.class)
    static final class Pinger extends PingerContract {
        private final PingerSubject subject;

        Pinger(PingerSubject subject) {
            this.subject = subject;
        }

        @Override
        protected String command() {
            return subject.command;
        }
    }

    @ExtendWith(SubjectResolver.class)
    static final class FileTransfer extends FileTransferContract {
        private final FileTransferSubject subject;

        FileTransfer(FileTransferSubject subject) {
            this.subject = subject;
        }

        @Override
        protected String sender() {
            return subject.sender;
        }

        @Override
        protected String receiver() {
            return subject.receiver;
        }
    }
}
