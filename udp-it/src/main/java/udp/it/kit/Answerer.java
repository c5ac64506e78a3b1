package udp.it.kit;

import java.io.IOException;
import java.io.PrintStream;
import udp.api.spi.Providers;

/** A JVM of its own for one answer, which {@link MessageProcessorContract} starts with another default charset. */
final class Answerer {
    private Answerer() {}

    /**
     * From the message on standard input to the answer on standard output.
     *
     * @param arguments the processor's class
     * @throws IOException if there is no message
     */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = System.out;
        System.setOut(System.err); // for what the processor may print
        byte[] message = System.in.readAllBytes();
        out.writeBytes(Answer.to(message, Providers.processor(arguments[0])).bytes());
        out.flush();
        System.exit(0);
    }
}
