package udp.it.diagram;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import udp.internal.cli.Shell;
import udp.test.TestShell;

class DiagramCommandTest {
    @TempDir
    Path folder;

    private TestShell shell = new TestShell();

    private int run(String... arguments) {
        return DiagramCommand.run(shell.shell(), List.of(arguments));
    }

    /** Returns a script with every fate, in both directions. */
    private static Script everything() {
        return new Script()
                .clientNote(0, "getaddrinfo()", "localhost: 127.0.0.1, ::1, and a very long list of other addresses")
                .clientNote(1, "connect()", "")
                .client(2, "sendto()", "hello, \u4f60\u597d<b>&")
                .clientNote(100, "time-out", "nothing within 98 ms")
                .clientRetransmits(100.5, "try 2 of 3")
                .client(101, "sendto()", "hello, \u4f60\u597d<b>&")
                .server(101.5, "recvfrom()", "hello, \u4f60\u597d<b>&")
                .server(102, "recvfrom()", "hello, \u4f60\u597d<b>&")
                .server(103, "process request", null)
                .server(104, "sendto()", "LATE")
                .server(105, "sendto()", "first")
                .client(106, "recvfrom()", "first")
                .client(120, "recvfrom()", "LATE")
                .server(121, "sendto()", "lost")
                .client(122, "sendto()", "damage")
                .server(140, "recvfrom()", "dam")
                .client(141, "recvfrom()", "who?")
                .clientFailure(142, "sendto()", "no network")
                .clientNote(143, "close()", "")
                .server(144, "sendto()", "gone");
    }

    @Test
    void everyFateIsDrawnAsText() throws IOException {
        String[] files = everything().write(folder);
        assertEquals(0, run(files), shell.err());
        assertEquals("""
                   ms  client                                      server
                0.000  | getaddrinfo() localhost: 127.0.0.1, ::1, |
                       | and a very long list of other addresses  |
                1.000  | connect() 127.0.0.1:50007                |
                2.000  |--#1 17 B "hello, 你好<b>&"---------X lost|
              100.000  | time-out nothing within 98 ms            |
              100.500  | retransmission try 2 of 3                |
              101.000  |--#2 sendto() 17 B "hello, 你好<b>&"----->| recvfrom()
              102.000  | - - #2 duplicate after 1.0 ms - - - - -->| recvfrom()
              103.000  |                                          | process request
              104.000  | - ----------------#3 sendto() 4 B "LATE"-| sendto()
              105.000  |<-#4 recvfrom() 5 B "first"---------------| sendto()
              120.000  |<- #3 late after 16.0 ms - - - - - - - - -|
              121.000  |lost X-------------#5 sendto() 4 B "lost"-| sendto()
              122.000  |--#6 altered to 3 B "dam"---------------->| recvfrom() +18 ms
              141.000  |<- #8 from elsewhere 4 B "who?" - - - - - |
              142.000  | sendto() failed: no network              |
              143.000  | close()                                  |
              144.000  |too late X---------#7 sendto() 4 B "gone"-| sendto()
            8 datagrams: 2 delivered, 1 late, 1 altered, 1 duplicate, 2 lost, 1 too late, 1
            from elsewhere
            """, shell.out());
        for (String line : shell.out().lines().toList()) {
            assertTrue(line.startsWith("8 datagrams") || TextColumns.width(line) <= 80, line);
        }
    }

    @Test
    void onlyATerminalGetsColours() throws IOException {
        String[] files = everything().write(folder);
        run(files);
        assertFalse(shell.out().contains("\u001b"));
        shell = new TestShell(Set.of(Shell.OUT), "");
        shell.surroundings.put("TERM", "xterm");
        run(files);
        assertTrue(shell.out().contains("\u001b[31m"));
    }

    @Test
    void thePageIsWellFormedEscapedAndAlone() throws Exception {
        String[] files = everything().write(folder);
        Path page = folder.resolve("page.html");
        assertEquals(0, run("--html", page.toString(), files[0], files[1]), shell.err());
        String html = Files.readString(page);
        assertFalse(html.contains("{{"), "a tag of the template is left");
        assertFalse(html.contains("<b>"), "data is escaped");
        assertFalse(html.contains("null"), "a member that a step lacks is not shown");
        assertFalse(html.contains("http:") || html.contains("https:") || html.contains("src="), "needs no network");
        String list = html.substring(html.indexOf("<ol"), html.indexOf("</ol>") + 5);
        var rows = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(list.getBytes(UTF_8)));
        assertEquals(20, rows.getElementsByTagName("li").getLength());
        assertEquals(20, rows.getElementsByTagName("p").getLength());
        String text = rows.getDocumentElement().getTextContent();
        for (String part : List.of(
                "2.000 client: sendto() sends #1 to server at 127.0.0.1:50007: 17 B \"hello, \u4f60\u597d<b>&\"; lost",
                "101.000 client: sendto() sends #2 to server at 127.0.0.1:50007: 17 B \"hello, \u4f60\u597d<b>&\"; delivered, arrives 0.5 ms later",
                "101.500 server: recvfrom() gets #2 from client at 127.0.0.1:40000DatagramChannel",
                "102.000 server: recvfrom() gets #2 from client at 127.0.0.1:40000; duplicate, sent 1.0 ms before",
                "120.000 client: recvfrom() gets #3 from server at 127.0.0.1:50007; late, sent 16.0 ms before",
                "140.000 server: recvfrom() gets #6 from client at 127.0.0.1:40000: 3 B \"dam\"; altered, sent 18.0 ms before",
                "141.000 client: recvfrom() gets #8 from server at 127.0.0.1:50007: 4 B \"who?\"; from elsewhere",
                "142.000 client: sendto() failed: no network",
                "144.000 server: sendto() sends #7 to client at 127.0.0.1:40000: 4 B \"gone\"; too late")) {
            assertTrue(text.contains(part), () -> part + " in " + text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fa", "ar-EG-u-nu-arab", "my", "th-TH-u-nu-thai"})
    void aLocaleWithItsOwnDigitsChangesNothing(String language) throws IOException {
        Sequence sequence = everything().sequence(folder);
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(language));
        try {
            assertTrue(HtmlDiagram.of(sequence).chars().noneMatch(c -> c > '9' && Character.isDigit(c)));
            assertTrue(TextDiagram.of(sequence, 80, false).chars().noneMatch(c -> c > '9' && Character.isDigit(c)));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aTraceThatIsCutIsDrawnUpToItsLastWholeLine() throws IOException {
        String[] files = everything().write(folder);
        String whole = Files.readString(Path.of(files[0]));
        Files.writeString(Path.of(files[0]), whole.substring(0, whole.length() - 20));
        assertEquals(0, run(files), shell.err());
        assertTrue(shell.out().contains("sendto() failed: no network"), shell.out());
        assertFalse(shell.out().contains("143.000"), shell.out());
        assertEquals("udp-it diagram: " + files[0] + ": the last line is cut, and left out\n", shell.err());
    }

    @Test
    void aScopeIsTheSameAsNameOrNumberOrWithout() {
        assertEquals(Endpoint.of("[fe80::1%eth0]:7"), Endpoint.of("[fe80::1%2]:7"));
        assertEquals("[fe80::1]:7", Endpoint.of("[fe80::1%eth0]:7").toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | no \"call\"",
                "x | not a line of a trace: not a JSON object of texts and numbers",
                "[1] | not a line of a trace: not a JSON object of texts and numbers",
                "{\"program\":null} | not a line of a trace: not a JSON object of texts and numbers",
                "{\"program\":{}} | not a line of a trace: not a JSON object of texts and numbers",
                "{program:1} | not a line of a trace: not a JSON object of texts and numbers",
                "{\"program\":\"a\"}x | not a line of a trace: not a JSON object of texts and numbers",
                "{\"program\":\"udp-server\",\"call\":\"close()\",\"local\":\"127.0.0.1:7\",\"time\":\"2026-01-01T00:00:00Z\",\"nanos\":1} | a line of udp-server in a trace of udp-client",
                "{\"program\":\"udp-client\",\"call\":\"fly()\",\"local\":\"127.0.0.1:7\",\"time\":\"2026-01-01T00:00:00Z\",\"nanos\":1} | unknown call 'fly()'",
                "{\"program\":\"udp-client\",\"call\":\"sendto()\",\"local\":\"127.0.0.1:7\",\"time\":\"2026-01-01T00:00:00Z\",\"nanos\":1} | no \"peer\"",
                "{\"program\":\"udp-client\",\"call\":\"close()\",\"local\":\"x\",\"time\":\"2026-01-01T00:00:00Z\",\"nanos\":1} | 'x' is no address with a port",
                "{\"program\":\"udp-client\",\"call\":\"close()\",\"local\":\"127.0.0.1:7\",\"time\":\"2026-01-01T00:00:00Z\",\"nanos\":\"soon\"} | malformed \"nanos\"",
                "{\"program\":\"udp-client\",\"call\":\"close()\",\"local\":\"127.0.0.1:7\",\"time\":\"-1000000000-01-01T00:00:00Z\",\"nanos\":1} | \"time\" is out of range: -1000000000-01-01T00:00:00Z",
                "{\"program\":\"udp-client\",\"call\":\"close()\",\"local\":\"127.0.0.1:7\",\"time\":\"9999-01-01T00:00:00Z\",\"nanos\":1} | \"time\" is out of range: 9999-01-01T00:00:00Z",
            })
    void aMalformedFileIsRefusedByFileAndLine(String line, String reason) throws IOException {
        String[] files = everything().write(folder);
        Path wrong = Files.writeString(
                folder.resolve("wrong.jsonl"),
                Files.readAllLines(Path.of(files[0])).get(0) + "\n" + line + "\n");
        assertEquals(2, run(wrong.toString(), files[1]));
        assertEquals("udp-it diagram: " + wrong + ":2: " + reason + "\n", shell.err());
    }

    @Test
    void aFileThatIsNotThereOrNoTraceIsRefused() throws IOException {
        String[] files = everything().write(folder);
        assertEquals(2, run(files[0], folder + "/none"));
        assertEquals(2, run(files[0]));
        assertEquals(
                2, run(files[0], Files.writeString(folder.resolve("empty"), "").toString()));
        assertEquals(
                2,
                run(
                        files[0],
                        Files.write(folder.resolve("binary"), new byte[] {-1, -2})
                                .toString()));
        assertEquals(2, run(files[0], folder.toString()));
        assertEquals(2, run("--html", folder + "/no/page.html", files[0], files[1]));
        List<String> lines = shell.err().lines().toList();
        assertEquals("udp-it diagram: " + folder + "/none: no such file", lines.get(0));
        assertEquals(
                "udp-it diagram: trace files of a client and a server are needed, or that of a relay; see --help",
                lines.get(1));
        assertEquals("udp-it diagram: " + folder + "/empty: an empty trace", lines.get(2));
        assertEquals("udp-it diagram: " + folder + "/binary: not a trace: not UTF-8", lines.get(3));
        assertTrue(lines.get(4).startsWith("udp-it diagram: " + folder + ": cannot be read: "), lines.get(4));
        assertTrue(
                lines.get(5).startsWith("udp-it diagram: --html: cannot write '" + folder + "/no/page.html': "),
                lines.get(5));
        assertEquals(6, lines.size());
    }

    @Test
    void whatOthersWroteIsShownWithoutEffect() throws IOException {
        String hostile = "\\u001b[2J\\u009b\\u202e\\ufffe\\u0000</script>"; // Escapes of JSON.
        String[] files = new Script()
                .clientNote(0, "getaddrinfo()", hostile)
                .clientFailure(1, "sendto()", hostile)
                .server(2, "recvfrom()", "\u001b[2J\u009b\u202e\ufffe\0")
                .write(folder);
        Path page = folder.resolve("page.html");
        assertEquals(0, run("--html", page.toString(), files[0], files[1]), shell.err());
        for (String output : List.of(shell.out(), Files.readString(page))) {
            assertFalse(output.matches("(?s).*[\u001b\u009b\u202e\ufffe\0].*"), output);
        }
    }

    @Test
    void theHelpFitsATerminal() {
        assertEquals(0, run("--help"));
        shell.out().lines().forEach(line -> assertTrue(line.length() <= 80, line));
    }

    @Test
    void thePageDoesNotReplaceATrace() throws IOException {
        String[] files = everything().write(folder);
        String before = Files.readString(Path.of(files[1]));
        Path link = Files.createLink(folder.resolve("link"), Path.of(files[1]));
        for (String name : List.of(files[1], folder + "/./" + Path.of(files[1]).getFileName(), link.toString())) {
            assertEquals(2, run("--html", name, files[0], files[1]));
        }
        assertEquals(
                3,
                shell.err()
                        .lines()
                        .filter(l -> l.contains("is a trace to read"))
                        .count(),
                shell.err());
        assertEquals(before, Files.readString(Path.of(files[1])));
    }
}
