package udp.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import java.io.StringReader;
import java.lang.reflect.Method;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.commons.support.ReflectionSupport;
import org.xml.sax.InputSource;
import udp.api.MessageProcessor;
import udp.internal.cli.Shell;
import udp.test.TestShell;

/** The same hostile text goes into every program by every way, and is data wherever it comes out. */
@Isolated("a check turns System.out away")
class HostileTextTest {
    private static final String HOSTILE =
            "=cmd|'\"\u001b]0;x\u0007\u009b2J\u202e\u2066\ufffe\ud800</script><b>&\r\nforged\t\0";
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\ufffe\uffff&&[^\n]]");
    private static final List<String> PROGRAMS = List.of("client", "server", "", "bench", "check", "diagram", "proxy");

    @TempDir
    Path folder;

    /** A processor that a check finds by its name. */
    public static final class Quoting implements MessageProcessor {
        @Override
        public Outcome process(
                java.nio.ByteBuffer request, java.nio.ByteBuffer reply, java.net.InetSocketAddress peer) {
            System.out.print(HOSTILE);
            throw new NumberFormatException(HOSTILE);
        }
    }

    private static int run(TestShell shell, String program, String... arguments) throws Exception {
        switch (program) {
            case "client":
                Method client = udp.client.Main.class.getDeclaredMethod("run", Shell.class, String[].class);
                return (int) ReflectionSupport.invokeMethod(client, null, shell.shell(), arguments);
            case "server":
                Method server =
                        udp.server.Main.class.getDeclaredMethod("run", Shell.class, Optional.class, String[].class);
                MessageProcessor quoting = MessageProcessor.ofText(text -> String.valueOf(Integer.parseInt(text)));
                return (int)
                        ReflectionSupport.invokeMethod(server, null, shell.shell(), Optional.of(quoting), arguments);
            default:
                Stream<String> command = program.isEmpty() ? Stream.of() : Stream.of(program);
                return Main.run(
                        shell.shell(),
                        Stream.concat(command, Stream.of(arguments)).toArray(String[]::new));
        }
    }

    private static TestShell terminal() {
        return new TestShell(Set.of(Shell.OUT, Shell.ERR), "");
    }

    private static void requireHarmless(String text) {
        Matcher unsafe = UNSAFE.matcher(text);
        assertFalse(unsafe.find(), () -> "raw text of others: " + text);
    }

    private static void requireHarmless(TestShell shell) {
        requireHarmless(shell.out());
        requireHarmless(shell.err());
        assertFalse((shell.out() + shell.err()).contains("\nforged"), "a line of others");
    }

    private static void requireWellFormed(String page) throws Exception {
        requireHarmless(page);
        assertFalse(page.contains("<b>"), page);
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(page)));
    }

    static Stream<Arguments> options() throws Exception {
        List<Arguments> all = new ArrayList<>();
        for (String program : PROGRAMS) {
            TestShell shell = new TestShell();
            run(shell, program, "--help");
            Pattern.compile("--[a-z-]+ (?=[A-Z])")
                    .matcher(shell.out())
                    .results()
                    .filter(option -> !option.group().equals("--message ")) // It is sent: see the reply below.
                    .forEach(option ->
                            all.add(Arguments.of(program, option.group().strip() + "=")));
            all.add(Arguments.of(program, "--"));
            all.add(Arguments.of(program, ""));
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("options")
    void anOptionOrOperandIsQuotedInOneLine(String program, String option) throws Exception {
        TestShell shell = terminal();
        int status = run(shell, program, option + HOSTILE);
        requireHarmless(shell);
        if (status != 0 && !program.isEmpty()) {
            assertEquals(1, shell.err().lines().count(), shell::err);
        }
        assertFalse(shell.err().contains("internal error"), shell::err);
    }

    @Test
    void aReplyDrivesNoTerminal() throws Exception {
        TestShell shell = terminal();
        try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            FutureTask<Void> replying = new FutureTask<>(() -> {
                DatagramPacket packet = new DatagramPacket(new byte[1000], 1000);
                peer.receive(packet);
                packet.setData(HOSTILE.replace("\ufffe", "")
                        .replace("\r\n", "")
                        .replace("\t", "")
                        .getBytes(UTF_8));
                peer.send(packet);
                return null;
            });
            new Thread(replying).start();
            String port = Integer.toString(peer.getLocalPort());
            assertEquals(0, run(shell, "client", "--trace", "-m", HOSTILE, "127.0.0.1", port), shell::err);
            replying.get();
        }
        requireHarmless(shell);
        assertTrue(shell.out().contains("\\u001b]0;x"), shell::out);
    }

    @Test
    void anExceptionThatQuotesTheRequestIsHarmlessInEveryTrace() throws Exception {
        TestShell serverShell = terminal();
        String[] files = {
            folder.resolve("client").toString(), folder.resolve("server").toString()
        };
        FutureTask<Integer> serving =
                new FutureTask<>(() -> run(serverShell, "server", "-p", "0", "--trace", "--trace-file", files[1]));
        Thread server = new Thread(serving);
        server.start();
        String port = serverShell.firstLine().replaceAll(".*:(\\d+).*", "$1");
        run(terminal(), "client", "--trace-file", files[0], "-w", "1ms", "-m", HOSTILE, "127.0.0.1", port);
        server.interrupt();
        serving.get();
        requireHarmless(serverShell);
        assertTrue(serverShell.err().contains("NumberFormatException"), serverShell::err);
        requireHarmless(Files.readString(Path.of(files[0])));
        requireHarmless(Files.readString(Path.of(files[1])));
        draw(files);
    }

    @Test
    void everyMemberOfATraceFileIsDrawnHarmlessly() throws Exception {
        Map<String, String> members = new TreeMap<>(Map.of(
                "time", "2026-01-01T00:00:00Z", "nanos", "1", "data", "1b5b324a", "java", HOSTILE, "note", HOSTILE));
        members.put("local", HOSTILE + ":7");
        members.put("peer", HOSTILE + ":7");
        StringBuilder[] texts = {new StringBuilder(), new StringBuilder()};
        for (String call : List.of("bind()", "connect()", "sendto()", "recvfrom()", "time-out", "close()")) {
            for (int side = 0; side < 2; side++) {
                members.putAll(Map.of("call", call, "program", side == 0 ? "udp-client" : "udp-server"));
                texts[side].append(json(members)).append('\n');
                texts[side]
                        .append(json(members).replace("\"note\"", "\"failure\""))
                        .append('\n');
            }
        }
        String client = Files.writeString(folder.resolve("c"), texts[0]).toString();
        String server = Files.writeString(folder.resolve("s"), texts[1]).toString();
        draw(client, server);
        for (String wrong : List.of("call", "program", "local", "time", "nanos", "data")) {
            members.put(wrong, HOSTILE);
            Path file = Files.writeString(folder.resolve("wrong"), json(members));
            TestShell shell = terminal();
            assertEquals(2, run(shell, "diagram", file.toString(), server));
            requireHarmless(shell);
            assertTrue(shell.err().startsWith("udp-it diagram: " + file + ":1: "), shell::err);
        }
    }

    private static String json(Map<String, String> members) {
        return new Gson().toJson(members).replace("\ud800", ""); // No reader of JSON takes it.
    }

    private void draw(String... files) throws Exception {
        TestShell shell = terminal();
        Path page = folder.resolve("page.html");
        assertEquals(0, run(shell, "diagram", "--html", page.toString(), files[0], files[1]), shell::err);
        requireHarmless(shell);
        String html = Files.readString(page);
        requireHarmless(html);
        requireWellFormed(html.substring(html.indexOf("<svg"), html.indexOf("</svg>") + 6));
        requireWellFormed(html.substring(html.indexOf("<ol"), html.indexOf("</ol>") + 5));
    }

    @Test
    void whatIsCheckedIsHarmlessInEveryReport() throws Exception {
        TestShell shell = terminal();
        assertEquals(1, run(shell, "check", "--processor", Quoting.class.getName(), "--report", folder.toString()));
        requireHarmless(shell);
        assertTrue(shell.err().lines().allMatch(line -> line.startsWith("checked code: ")), shell::err);
        requireWellFormed(Files.readString(folder.resolve("TEST-udp-it.xml")));
        String html = Files.readString(folder.resolve("index.html"));
        requireHarmless(html);
        assertFalse(html.contains("<b>"), html);
        requireHarmless(Files.readString(folder.resolve("results.json")));
    }
}
