package udp.client.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import udp.internal.cli.Program;
import udp.internal.cli.Shell;
import udp.internal.cli.UsageException;

/**
 * The messages that the user wants to send: the message of the command line, a sentence that is asked for on a terminal, or
 * each line of standard input. If a line fails, the others are sent nevertheless.
 */
public final class MessageInput {
    private final Shell shell;
    private final ClientOptions options;
    private final int limit;
    private final boolean isSingle;
    private LineReader lines; // null until standard input is needed
    private long number;
    private int status = Program.DONE;

    /** Makes the input of a client whose messages have at most {@code limit} bytes. */
    public MessageInput(Shell shell, ClientOptions options, int limit) {
        this.shell = shell;
        this.options = options;
        this.limit = limit;
        this.isSingle = options.message() != null || shell.isTerminal(Shell.IN);
    }

    /** Returns the next message, or null at the end. */
    public byte[] next() throws IOException {
        byte[] message = read();
        while (message != null && message.length > limit) {
            refuse("the message is larger than a datagram (at most " + limit + " bytes)");
            message = read();
        }
        return message;
    }

    /** Tells the user that an exchange has failed and what to do. If the message is the only one, it ends the program. */
    public void fail(IOException failure) throws IOException {
        String advice = Advice.of(failure);
        if (isSingle) {
            throw new IOException(advice, failure);
        }
        tellLine(advice);
    }

    /** Returns the exit status. */
    public int status() {
        return status;
    }

    private byte[] read() throws IOException {
        number++;
        if (isSingle) {
            return number > 1 ? null : single();
        }
        if (lines == null) {
            lines = new LineReader(shell.in(), limit);
        }
        byte[] line = lines.next();
        if (line != null && number == 2 && options.localPort() != 0) {
            throw new UsageException("--local-port is for one message: a late reply to it must not be taken for"
                    + " the reply to the next");
        }
        return line;
    }

    private byte[] single() throws IOException {
        if (options.message() != null) {
            return options.message().getBytes(UTF_8);
        }
        PrintStream prompt = shell.isTerminal(Shell.OUT) ? shell.out() : shell.err();
        prompt.print("Input lowercase sentence:");
        prompt.flush();
        byte[] sentence = new LineReader(shell.in(), limit).next();
        if (sentence == null) { // Ctrl-D
            prompt.println();
        }
        return sentence;
    }

    private void refuse(String reason) {
        if (isSingle) {
            throw new UsageException(reason);
        }
        tellLine(reason);
    }

    private void tellLine(String text) {
        Advice.tell(shell, "line " + number + ": " + text);
        status = Program.FAILED;
    }
}
