package udp.it.kit.contract;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import udp.contract.KitAssertions;
import udp.contract.Peer;
import udp.contract.Rule;
import udp.contract.Subprocess;
import udp.contract.TestMessages;
import udp.contract.Verifies;
import udp.internal.fault.Faults;
import udp.internal.net.Addresses;
import udp.it.kit.support.CommandTemplate;
import udp.it.kit.support.FaultyPath;
import udp.it.kit.support.Preflight;
import udp.it.kit.support.SubjectResolver;

/**
 * Rules A5.1 to A5.8, for a sender and a receiver of one file, in any language: two processes that end once the file
 * has arrived. Only they know what their datagrams look like. The sender is started when the receiver has its port, if
 * the system tells of that.
 */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class FileTransferContract {
    private static final InetAddress LOOPBACK = Addresses.loopback(StandardProtocolFamily.INET);
    private static final int TRANSFER_SECONDS = 90;
    private static final int GIVE_UP_SECONDS = 30;
    private static final int LARGEST_UNFRAGMENTED = 1472; // Ethernet's 1,500 less the headers of IPv4 and UDP
    // Both sizes are prime, so that only A5.1 and A5.2 try a file whose last part is not shorter.
    private static final int SMALL = 59_999;
    private static final int LARGE = 4_194_301;
    private static final int SEED = 5;

    @TempDir
    Path sendersFolder;

    @TempDir
    Path receiversFolder;

    private Subprocess sender;
    private Subprocess receiver;
    private FaultyPath path;
    private int repliesLost;

    /** The two commands. */
    public record Input(CommandTemplate sender, CommandTemplate receiver) {}

    /** Is called by subclasses. */
    protected FileTransferContract() {}

    /**
     * Returns the command of the sender. In it, <code>{host}</code> and <code>{port}</code> stand for the receiver's address,
     * and <code>{file}</code> for the file to send.
     */
    protected abstract CommandTemplate sender();

    /**
     * Returns the command of the receiver. In it, <code>{port}</code> stands for the port to bind, and <code>{file}</code>
     * for the file to write.
     */
    protected abstract CommandTemplate receiver();

    @AfterEach
    void end() {
        for (Subprocess process : new Subprocess[] {sender, receiver}) {
            if (process != null) {
                process.close();
            }
        }
        if (path != null) {
            path.close();
        }
    }

    @Verifies(value = Rule.A5_1, cause = "the last part, which is shorter, or the bytes taken for text")
    void rule_A5_1_theFileArrivesAsItIs() throws Exception {
        transfer(1, Faults.NONE);
        int header = path.largest() - 1;
        transfer(SMALL, Faults.NONE);
        int block = path.largest() - header;
        try {
            transfer(2 * block, Faults.NONE);
        } catch (AssertionError e) {
            throw KitAssertions.explained(
                    e,
                    "the end is seen by a part that is shorter: this file has two whole parts of " + block + " bytes");
        }
    }

    @Verifies(value = Rule.A5_2, cause = "the end is seen only after a part that is not empty")
    void rule_A5_2_anEmptyFileArrives() throws Exception {
        transfer(0, Faults.NONE);
    }

    @Verifies(value = Rule.A5_3, cause = "an acknowledgement can be lost too, above all the last")
    void rule_A5_3_lossesAreMadeGood() throws Exception {
        repliesLost = 4;
        try {
            transfer(1, Faults.NONE);
        } catch (AssertionError e) {
            throw path.isRepeated() && !receiver.isRunning() && receiver.status() == 0
                    ? KitAssertions.explained(e, "the receiver ended with its last acknowledgement, which was lost")
                    : e;
        }
        repliesLost = 0;
        transfer(SMALL, new Faults(0.3, 0, 0, 0, 0, Duration.ZERO, Duration.ZERO, SEED));
    }

    @Verifies(value = Rule.A5_4, cause = "no number in the datagrams, or in their acknowledgements")
    void rule_A5_4_doublesAndDisorderAreMadeGood() throws Exception {
        transfer(SMALL, new Faults(0, 0.3, 0.3, 0, 0, Duration.ZERO, Duration.ZERO, SEED));
    }

    @Verifies(value = Rule.A5_5, cause = "the header comes on top of the part, or the whole file is one datagram")
    void rule_A5_5_noDatagramNeedsFragments() throws Exception {
        transfer(SMALL, Faults.NONE);
        KitAssertions.that(
                path.largest() <= LARGEST_UNFRAGMENTED,
                "datagrams of at most " + LARGEST_UNFRAGMENTED + " bytes",
                "the largest had " + path.largest());
    }

    @Verifies(value = Rule.A5_6, cause = "sends again forever")
    void rule_A5_6_theSenderGivesUp() throws Exception {
        try (Peer silent = new Peer(LOOPBACK)) {
            sender = start(
                    sender(), silent.address().getPort(), Files.write(sendersFolder.resolve("sent"), new byte[1]));
            silent.receiveFirst("the sender to send a datagram", sender);
            KitAssertions.that(
                    sender.endsWithin(GIVE_UP_SECONDS),
                    "the sender to end if nobody replies",
                    "it was still running after " + GIVE_UP_SECONDS + " s");
            KitAssertions.that(sender.status() != 0, "an exit status other than 0 if nobody replies", "it was 0");
        }
    }

    @Verifies(value = Rule.A5_7, cause = "no checksum over header and part, or none in the acknowledgements")
    void rule_A5_7_changedBytesAreNotTaken() throws Exception {
        transfer(SMALL, new Faults(0, 0, 0, 0.2, 0, Duration.ZERO, Duration.ZERO, SEED));
    }

    @Verifies(value = Rule.A5_8, cause = "waits for each acknowledgement before it sends the next: stop-and-wait")
    void rule_A5_8_severalAreOnTheirWayAtOnce() throws Exception {
        transfer(LARGE, Faults.NONE);
        KitAssertions.that(
                path.maxAtOnce() > 1,
                "several datagrams to be on their way at the same time",
                "the next was never sent before the reply to the datagram before it");
    }

    private void transfer(int size, Faults faults) throws Exception {
        end();
        Files.deleteIfExists(receiversFolder.resolve("received"));
        byte[] bytes = new byte[size];
        new Random(TestMessages.seed()).nextBytes(bytes);
        Path received = receiversFolder.resolve("received");
        InetSocketAddress address = Peer.freePort(LOOPBACK);
        path = new FaultyPath(LOOPBACK, address, faults, repliesLost);
        receiver = start(receiver(), address.getPort(), received);
        Preflight.awaitBound(address.getPort(), receiver);
        sender = start(sender(), path.port(), Files.write(sendersFolder.resolve("sent"), bytes));
        assertSucceeds("sender", sender, "receiver", receiver);
        assertSucceeds("receiver", receiver, "sender", sender);
        KitAssertions.that(Files.exists(received), "a file to be written", "there was none");
        assertSame(bytes, Files.readAllBytes(received));
        if (path.carried() < size) {
            throw KitAssertions.failure(
                    "at least the " + size + " bytes of the file to go over the network",
                    "there were " + path.carried() + " in different datagrams",
                    "the receiver got the file past the network");
        }
    }

    private static void assertSame(byte[] sent, byte[] received) {
        try {
            KitAssertions.bytes("the file to be", sent, received);
        } catch (AssertionError e) {
            int start = Math.max(0, sent.length - received.length);
            throw start > 0 && Arrays.equals(received, Arrays.copyOfRange(sent, start, sent.length))
                    ? KitAssertions.explained(
                            e, "the sender counts from 0, the receiver from 1: the first part is missing")
                    : e;
        }
    }

    private static void assertSucceeds(String which, Subprocess process, String other, Subprocess otherProcess)
            throws Exception {
        boolean hasEnded = process.endsWithin(TRANSFER_SECONDS);
        if (!hasEnded || process.status() != 0) {
            throw KitAssertions.failure(
                    hasEnded ? "the " + which + "'s exit status to be 0" : "the " + which + " to end after the file",
                    (hasEnded ? process.state() : "it was still running after " + TRANSFER_SECONDS + " s") + "; the "
                            + other + ": " + otherProcess.state());
        }
    }

    private static Subprocess start(CommandTemplate command, int port, Path file) throws IOException {
        return command.withFile(file).start(port, "", true, Subprocess.USUAL);
    }

    /** The contract for a command that the kit's program was told. */
    @ExtendWith(SubjectResolver.class)
    public static final class OfCommands extends FileTransferContract {
        private final Input input;

        OfCommands(Input input) {
            this.input = input;
        }

        @Override
        protected CommandTemplate sender() {
            return input.sender;
        }

        @Override
        protected CommandTemplate receiver() {
            return input.receiver;
        }
    }
}
