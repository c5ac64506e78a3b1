package udp.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static udp.it.Jvm.jar;
import static udp.it.Jvm.java;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Transports and processors of students, chosen like the built-in transports and processors. */
@Timeout(60)
class StudentIT {
    @TempDir
    Path home;

    @Test
    void aServerInOneFileNeedsNoBuild() throws Exception {
        Path source = Files.writeString(home.resolve("Reverse.java"), """
                import udp.api.MessageProcessor;

                public class Reverse {
                    public static void main(String[] args) throws Exception {
                        udp.server.Main.run(MessageProcessor.ofText(s -> new StringBuilder(s).reverse().toString()), args);
                    }
                }
                """);
        try (Jvm server = Jvm.start(java("-cp", jar("server"), source.toString(), "--port", "0"), Map.of())) {
            assertEquals("dlrow ,olleh\n", ask(server.port(), "hello, world\n"));
        }
    }

    @Test
    void aClientInOneFileNeedsNoBuild() throws Exception {
        Path source = Files.writeString(home.resolve("Ask.java"), """
                import udp.client.Client;

                public class Ask {
                    public static void main(String[] args) throws Exception {
                        try (Client client = Client.of("localhost", Integer.parseInt(args[0]))) {
                            System.out.println(client.ask("hello, world"));
                        }
                    }
                }
                """);
        try (Jvm server = Jvm.start(java("-jar", jar("server"), "--port", "0"), Map.of())) {
            String port = String.valueOf(server.port());
            assertEquals(
                    "HELLO, WORLD\n",
                    Jvm.run("", java("-cp", jar("client"), source.toString(), port))
                            .out());
        }
    }

    @Test
    void aProcessorIsChosenByItsNameOrItsClass() throws Exception {
        compile("Shout", """
                package homework;

                import java.net.InetSocketAddress;
                import java.nio.ByteBuffer;
                import udp.api.spi.NamedProcessor;

                public final class Shout implements NamedProcessor {
                    @Override
                    public String name() {
                        return "shout";
                    }

                    @Override
                    public Outcome process(ByteBuffer request, ByteBuffer reply, InetSocketAddress peer) {
                        reply.put(request).put((byte) '!');
                        return Outcome.REPLY;
                    }
                }
                """);
        announce("udp.api.spi.NamedProcessor", "homework.Shout");
        for (String name : new String[] {"shout", "homework.Shout"}) {
            try (Jvm server = Jvm.start(
                    java("-cp", classPath("server"), "udp.server.Main", "-p", "0", "--processor", name), Map.of())) {
                assertEquals("hey!\n", ask(server.port(), "hey\n"));
            }
        }
        Jvm.Result unknown =
                Jvm.run("", java("-cp", classPath("server"), "udp.server.Main", "-p", "0", "--processor", "whisper"));
        assertEquals(2, unknown.status());
        assertTrue(unknown.err().endsWith("'whisper'; available: shout, upper, echo, discard, reverse, time\n"));
    }

    @Test
    void aTransportIsChosenByItsName() throws Exception {
        compile("Mine", """
                package homework;

                import java.io.IOException;
                import udp.api.Transport;
                import udp.api.spi.Providers;
                import udp.api.spi.TransportConfig;
                import udp.api.spi.TransportProvider;

                public final class Mine implements TransportProvider {
                    @Override
                    public Role role() {
                        return Role.CLIENT;
                    }

                    @Override
                    public String name() {
                        return "mine";
                    }

                    @Override
                    public Transport open(TransportConfig config) throws IOException {
                        System.out.println("mine is open");
                        return Providers.transport(Role.CLIENT, "socket").open(config);
                    }
                }
                """);
        announce("udp.api.spi.TransportProvider", "homework.Mine");
        try (Jvm server = Jvm.start(java("-jar", jar("server"), "-p", "0"), Map.of("UDP_TRANSPORT", "socket"))) {
            String port = String.valueOf(server.port());
            Jvm.Result result = Jvm.run(
                    "",
                    java(
                            "-Dudp.transport=mine",
                            "-cp",
                            classPath("client"),
                            "udp.client.Main",
                            "-m",
                            "x",
                            "localhost",
                            port));
            assertEquals("mine is open\nX\n", result.out(), result.err());
        }
    }

    private void compile(String name, String source) throws IOException {
        Path file = Files.writeString(home.resolve(name + ".java"), source);
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", jar("api"), "-d", home.toString(), file.toString());
        assertEquals(0, status);
    }

    private void announce(String service, String type) throws IOException {
        Path services = Files.createDirectories(home.resolve("META-INF/services"));
        Files.writeString(services.resolve(service), type + "\n");
    }

    private String classPath(String module) {
        return home + File.pathSeparator + jar(module);
    }

    private static String ask(int port, String line) throws Exception {
        Jvm.Result result = Jvm.run(line, java("-jar", jar("client"), "127.0.0.1", String.valueOf(port)));
        return result.out() + result.err();
    }
}
