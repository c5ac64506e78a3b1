package udp.contract;

import java.io.IOException;
import java.io.PrintStream;
import udp.api.spi.Providers;

/** The main class of the JVM that {@link MessageProcessorContract} starts with another default charset. */
final class OtherCharsetJvm {
    private OtherCharsetJvm() {}

    /** Reads a message from standard input and writes the reply of a processor, named by its class, to standard output. */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = System.out;
        System.setOut(System.err); // for what the processor may print
        byte[] message = System.in.readAllBytes();
        out.writeBytes(
                ProcessedReply.to(message, Providers.processor(arguments[0])).bytes());
        out.flush();
        System.exit(0);
    }
}
