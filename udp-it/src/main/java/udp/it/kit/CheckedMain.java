package udp.it.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import udp.contract.KitAssertions;
import udp.internal.cli.Shell;
import udp.internal.cli.UsageException;
import udp.it.kit.run.EventStream;

/** The main class of the JVM in which the tests run, with what is checked. Its exit status says nothing. */
final class CheckedMain {
    private CheckedMain() {}

    /** Reads a port, a secret, the arguments and the tests that began before, and runs the rest of the tests. */
    public static void main(String[] arguments) throws IOException {
        DataInputStream in = new DataInputStream(System.in);
        EventStream events = new EventStream(in.readInt(), in.readUTF());
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
        Shell shell = new Shell(InputStream.nullInputStream(), nowhere, nowhere);
        try {
            List<String> options = readTexts(in);
            CheckCommand.runChecked(shell, options, events, new HashSet<>(readTexts(in)));
            events.done();
        } catch (UsageException e) {
            events.refuse(KitAssertions.failure(e));
        } catch (IllegalStateException e) {
            events.breakOff(KitAssertions.failure(e));
        }
        Runtime.getRuntime().halt(0);
    }

    private static List<String> readTexts(DataInputStream in) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            texts.add(in.readUTF());
        }
        return texts;
    }
}
