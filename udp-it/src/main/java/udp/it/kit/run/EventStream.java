package udp.it.kit.run;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.Semaphore;
import udp.contract.KitAssertions;
import udp.contract.Rule;

/**
 * The events of the JVM that what is checked runs in, on their way to the JVM that judges. After each verdict it waits
 * until it may go on. It ends with the JVM that judges.
 */
public final class EventStream implements TestEvents {
    /** The kinds of events. */
    enum Kind {
        PLAN,
        READY,
        REFUSE,
        BEGIN,
        PASS,
        LEAVE_OUT,
        FAIL,
        EXIT,
        BREAK,
        NOTE,
        DONE
    }

    private static final int MAX_TEXT = 16_000; // In modified UTF-8, at most three times as many bytes.

    private final Socket socket;
    private final DataOutputStream out;
    private final Semaphore verdictsTaken = new Semaphore(0);

    /** Connects to the JVM that judges. */
    public EventStream(int port, String secret) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        out = new DataOutputStream(socket.getOutputStream());
        out.writeUTF(secret);
        out.writeLong(ProcessHandle.current().pid());
        Thread reader = new Thread(this::awaitPermits, "udp-it events");
        reader.setDaemon(true);
        reader.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> send(Kind.EXIT), "udp-it exit"));
    }

    private void awaitPermits() {
        try {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (in.read() >= 0) {
                verdictsTaken.release();
            }
        } catch (IOException e) {
            // The other side has ended.
        }
        Runtime.getRuntime().halt(1);
    }

    @Override
    public void plan(Rule rule) {
        send(Kind.PLAN, rule.name());
    }

    @Override
    public void ready() {
        send(Kind.READY);
    }

    /** Tells why nothing can be checked. */
    public void refuse(String message) {
        send(Kind.REFUSE, message);
    }

    @Override
    public void begin(String key, Rule rule, String where) {
        send(Kind.BEGIN, key, rule.name(), where);
    }

    @Override
    public void pass() {
        send(Kind.PASS);
        verdictsTaken.acquireUninterruptibly();
    }

    @Override
    public void leaveOut(String reason) {
        send(Kind.LEAVE_OUT, reason);
        verdictsTaken.acquireUninterruptibly();
    }

    @Override
    public void fail(String sentence, String trace) {
        send(Kind.FAIL, sentence, trace);
        verdictsTaken.acquireUninterruptibly();
    }

    @Override
    public void note(String text) {
        send(Kind.NOTE, text);
    }

    /** Tells why the tests cannot go on. */
    public void breakOff(String why) {
        send(Kind.BREAK, why);
    }

    /** Tells that all tests have run. */
    public void done() {
        send(Kind.DONE);
    }

    private synchronized void send(Kind kind, String... texts) {
        try {
            out.writeByte(kind.ordinal());
            for (String text : texts) {
                out.writeUTF(KitAssertions.cut(text, MAX_TEXT));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
