package udp.it.kit.fates;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import udp.contract.Peer;
import udp.contract.Rule;
import udp.contract.Subprocess;
import udp.contract.TestMessages;
import udp.internal.net.Addresses;
import udp.it.kit.contract.FileTransferContract;
import udp.it.kit.fates.ScriptedNetwork.Entered;
import udp.it.kit.support.CommandTemplate;
import udp.it.kit.support.Preflight;

/** The sender and the receiver of a small file. */
final class FileOnNetwork implements NetworkedProgram {
    private static final InetAddress LOOPBACK = Addresses.loopback(StandardProtocolFamily.INET);
    private static final int SIZE = 3000; // A few datagrams.
    private static final int MAX_SECONDS = 60;
    private static final int MAX_LEARNING_SECONDS = 5;

    private final CommandTemplate sending;
    private final CommandTemplate receiving;
    private final byte[] bytes = new byte[SIZE];
    private final long lateMillis;

    /** Learns how long the sender waits before it sends again. */
    FileOnNetwork(FileTransferContract.Input programs) throws Exception {
        sending = programs.sender();
        receiving = programs.receiver();
        new Random(TestMessages.seed()).nextBytes(bytes);
        lateMillis = ManyAtOnce.lateMillis(learnWaitMillis());
    }

    @Override
    public int maxAtOnce() {
        return ManyAtOnce.WAITING / 2;
    }

    private long learnWaitMillis() throws Exception {
        Path folder = Files.createTempDirectory("udp-it");
        try (Peer front = Peer.onLoopback();
                ScriptedNetwork silence = new ScriptedNetwork(front, FateList.NONE.faults(), request -> null);
                Subprocess sender = start(sending, front.address().getPort(), write(folder.resolve("sent")))) {
            if (!ManyAtOnce.endsAfterItsFirst(sender, silence, 0)) {
                sender.endsWithin(MAX_LEARNING_SECONDS);
            }
            List<Entered> all = silence.requests();
            return all.stream()
                    .skip(1)
                    .filter(each -> Arrays.equals(each.bytes(), all.get(0).bytes()))
                    .mapToLong(each -> TimeUnit.NANOSECONDS.toMillis(
                            each.nanos() - all.get(0).nanos()))
                    .findFirst()
                    .orElse(TimeUnit.SECONDS.toMillis(1));
        } finally {
            delete(folder);
        }
    }

    private Path write(Path file) throws IOException {
        return Files.write(file, bytes);
    }

    private static void delete(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve("sent"));
        Files.deleteIfExists(folder.resolve("received"));
        Files.deleteIfExists(folder);
    }

    @Override
    public NetworkRun run(FateList fates) throws Exception {
        Path from = Files.createTempDirectory("udp-it");
        Path to = Files.createTempDirectory("udp-it");
        InetSocketAddress address = Peer.freePort(LOOPBACK);
        try (Peer front = new Peer(LOOPBACK);
                ScriptedNetwork network = new ScriptedNetwork(front, new Peer(LOOPBACK), address, fates.faults());
                Subprocess receiver = startReceiver(address.getPort(), to.resolve("received"));
                Subprocess sender = start(sending, front.address().getPort(), write(from.resolve("sent")))) {
            boolean hasSent = ManyAtOnce.endsAfterItsFirst(sender, network, MAX_SECONDS);
            boolean hasReceived = receiver.endsWithin(hasSent ? MAX_SECONDS : 0);
            network.end();
            List<SeenDatagram> seen = new ArrayList<>();
            for (List<Entered> all : List.of(network.requests(), network.replies())) {
                all.forEach(each -> seen.add(new SeenDatagram(each.name(), lateMillis)));
            }
            String wrong = !hasSent
                    ? "the sender was still running after " + MAX_SECONDS + " s"
                    : !hasReceived ? "the receiver was still running " + MAX_SECONDS + " s later" : null;
            if (wrong == null) {
                wrong = wrong(sender, receiver, to.resolve("received"));
            }
            String sentence = "expected the file to arrive and both programs to end with status 0, but " + wrong;
            Violation violation = wrong == null ? null : new Violation(rule(fates), sentence, !hasSent || !hasReceived);
            return new NetworkRun(fates, seen, network.steps(), violation, errors(sender, receiver));
        } finally {
            delete(from);
            delete(to);
        }
    }

    private String wrong(Subprocess sender, Subprocess receiver, Path received) throws Exception {
        if (sender.status() != 0) {
            return "the sender's was " + sender.status();
        } else if (receiver.status() != 0) {
            return "the receiver's was " + receiver.status();
        } else if (!Files.isRegularFile(received)) {
            return "there was no file";
        }
        byte[] there = Files.readAllBytes(received);
        return Arrays.equals(bytes, there)
                ? null
                : "it had " + there.length + " bytes instead of " + SIZE + ", different from byte "
                        + Arrays.mismatch(bytes, there) + " on";
    }

    private static Rule rule(FateList fates) {
        return fates.fates().isEmpty() ? Rule.A5_1 : fates.fates().containsValue("lose") ? Rule.A5_3 : Rule.A5_4;
    }

    private static String errors(Subprocess sender, Subprocess receiver) throws Exception {
        String of = sender.errors();
        String other = receiver.errors();
        return of.isEmpty() || other.isEmpty() ? of + other : of + "\nthe receiver's:\n" + other;
    }

    private Subprocess startReceiver(int port, Path file) throws Exception {
        Subprocess receiver = start(receiving, port, file);
        try {
            Preflight.awaitBound(port, receiver);
            return receiver;
        } catch (Exception e) {
            receiver.close();
            throw e;
        }
    }

    private static Subprocess start(CommandTemplate command, int port, Path file) throws IOException {
        return command.withFile(file).start(port, "", true, Subprocess.USUAL);
    }
}
