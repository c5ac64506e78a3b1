package udp.it.diagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import udp.test.TestShell;

/** The diagrams of what a relay has recorded, alone and beside the programs. */
class RelayedDiagramTest {
    private static final String FRONT = "127.0.0.1:50000";
    private static final String SECOND = "127.0.0.1:40001";

    @TempDir
    Path folder;

    private final TestShell shell = new TestShell();

    private String draw(String[] files, String... options) {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of(files));
        assertEquals(0, DiagramCommand.run(shell.shell(), arguments), shell.err());
        return shell.out();
    }

    /** Lets a datagram go through the relay at a time, in milliseconds, and takes a millisecond. */
    private static Script pass(Script script, double at, String client, String data, String name, String fate) {
        boolean isRequest = name.startsWith("c");
        String back = client.replace("127.0.0.1:4", "127.0.0.1:6");
        script.relay(at, "recvfrom()", isRequest ? FRONT : back, isRequest ? client : Script.SERVER, data, name, fate);
        return fate.startsWith("lost")
                ? script
                : script.relay(
                        at + 1,
                        "sendto()",
                        isRequest ? back : FRONT,
                        isRequest ? Script.SERVER : client,
                        data,
                        name,
                        null);
    }

    /** Returns the record of two clients with every fate. */
    private static Script relay() {
        Script script = new Script().relay(0, "bind()", FRONT, null, null, null, null);
        pass(script, 10, Script.CLIENT, "hello, world", "c1", "delivered");
        pass(script, 20, Script.CLIENT, "HELLO, WORLD", "s1", "lost");
        pass(script, 30, SECOND, "second", "c2", "late 150 ms");
        pass(script, 40, SECOND, "SECOND", "s2", "twice, corrupted");
        return script.relay(41.5, "sendto()", FRONT, SECOND, "SECOND", "s2", null)
                .relay(50, "recvfrom()", FRONT, "127.0.0.1:7", "x", null, "dropped: source refused")
                .relay(60, "recvfrom()", FRONT, SECOND, "last", "c3", "overtaken")
                .relay(70, "close()", "127.0.0.1:60001", null, null, null, null);
    }

    /** Returns the traces of a client and a server beside that of the relay, which loses the reply. */
    private static Script three() {
        Script script = new Script()
                .client(1, "sendto()", "hello, world")
                .relay(2, "recvfrom()", FRONT, Script.CLIENT, "hello, world", "c1", "late 1 ms")
                .relay(3, "sendto()", "127.0.0.1:60000", Script.SERVER, "hello, world", "c1", null)
                .server(4, "recvfrom()", "hello, world", "127.0.0.1:60000")
                .server(5, "sendto()", "HELLO, WORLD", "127.0.0.1:60000")
                .relay(6, "recvfrom()", "127.0.0.1:60000", Script.SERVER, "HELLO, WORLD", "s1", "lost")
                .clientNote(99, "time-out", "nothing");
        return script;
    }

    private String[] threeFiles() throws IOException {
        String[] files = three().write(folder);
        Path client = Path.of(files[0]);
        Files.writeString(client, Files.readString(client).replace(Script.SERVER, FRONT));
        return new String[] {files[2], files[1], files[0]}; // The order does not matter.
    }

    @Test
    void theRelayAloneShowsBothPrograms() throws IOException {
        assertEquals("""
                       ms  client 1              client 2               network           server
                    0.000  |                     |                      | bind()               |
                           |                     |                      | 127.0.0.1:50000      |
                           | 127.0.0.1:40000     |                      |                      |
                   10.000  |--c1 12 B "hello, world"------------------->|                      |
                           |                     |                      |      127.0.0.1:50007 |
                   11.000  |                     |                      |--c1----------------->|
                   20.000  |                     |                      | 12 B "HELLO, WORLD"  |
                           |                     |                      |lost X-------------s1-|
                           | 127.0.0.1:40001     |                      |                      |
                   30.000  |--c2 6 B "second"----|--------------------->| late 150 ms          |
                   31.000  |                     |                      |--c2 late 150 ms----->|
                   40.000  |                     |     twice, corrupted |<-s2 6 B "SECOND"-----|
                   41.000  |<-s2 corrupted 6 B "SECOND"-----------------|                      |
                   41.500  |<-s2 duplicate-------|----------------------|                      |
                           |                     | 127.0.0.1:7          |                      |
                   50.000  |                     | dropped: source      |                      |
                           |                     | refused 1 B "x"      |                      |
                           |                     |---------------------X|                      |
                   60.000  | 4 B "last"          |                      |                      |
                           |--c3---X overtaken, still waiting at the end|                      |
                   70.000  |                     |                      | close()              |
                           |                     |                      | 127.0.0.1:60001      |
                6 datagrams: 1 delivered, 1 late, 1 altered, 1 duplicate, 2 lost, 1 dropped
                """, draw(relay().write(folder)));
    }

    @Test
    void besideTheRelayThereAreThreeLanes() throws IOException {
        assertEquals("""
                       ms  client                   network                    server
                    0.000  | 12 B "hello, world"    |                         |
                           |--c1------------------->| late 1 ms               |
                    2.000  |                        |--c1 late 1 ms---------->| recvfrom()
                    4.000  |                        | 12 B "HELLO, WORLD"     |
                           |                        |lost X----------------s1-| sendto()
                   98.000  | time-out nothing       |                         |
                2 datagrams: 1 late, 1 lost
                """, draw(threeFiles()));
    }

    @Test
    void aNarrowTerminalGetsAListThatTellsEverything() throws IOException {
        assertEquals("""
                       ms
                    0.000  client -> network: c1 late 1 ms, 12 B "hello,
                           world"
                    2.000  network -> server: c1 late 1 ms
                    4.000  server -> network: s1 lost, 12 B "HELLO, WORLD"
                   98.000  client: time-out nothing
                2 datagrams: 1 late, 1 lost
                """, draw(threeFiles(), "--width", "60"));
    }

    @Test
    void aWideTerminalShowsMoreOfTheData() throws IOException {
        String data = "x".repeat(60);
        String[] files = new Script()
                .client(1, "sendto()", data)
                .server(2, "recvfrom()", data)
                .write(folder);
        shell.surroundings.put("COLUMNS", "140");
        assertTrue(draw(files).contains("-#1 sendto() 60 B \"" + data + "\"-"), shell.out());
    }

    @ParameterizedTest
    @CsvSource({"garbage, 80", "'', 80", "5, 40", "100, 100"})
    void theWidthIsThatOfTheTerminal(String columns, int width) throws IOException {
        String[] files = new Script()
                .client(1, "sendto()", "a".repeat(999))
                .server(2, "close()", null)
                .write(folder);
        shell.surroundings.put("COLUMNS", columns);
        String byVariable = draw(files);
        assertEquals(byVariable + byVariable, draw(files, "--width", String.valueOf(width)));
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 80})
    void aLongTimeHasRoom(int width) throws IOException {
        String[] files = new Script()
                .client(1, "sendto()", "x".repeat(60))
                .server(2, "recvfrom()", "x".repeat(60))
                .clientNote(123_456_789, "close()", "")
                .write(folder);
        String text = draw(files, "--width", String.valueOf(width));
        assertTrue(text.contains("123456788.000  "), text);
        assertTrue(text.lines().allMatch(row -> row.length() <= width), text);
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 80, 100, 200})
    void noRowIsWiderThanTheTerminalAndNoLabelIsCut(int width) throws IOException {
        String text = draw(relay().write(folder), "--width", String.valueOf(width));
        for (String row : text.lines().toList()) {
            assertTrue(TextColumns.width(row) <= width, row);
        }
        String words = text.replaceAll("[-|<>\\s]+", " ");
        for (String label :
                List.of("hello, world", "late 150 ms", "duplicate", "dropped: source refused", FRONT, SECOND)) {
            assertTrue(words.contains(label), label + " in " + text);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--last 1 | c3",
                "--last 2 | c3 dropped",
                "--only-lost | s1 c2 s2 dropped c3",
                "--client 40000 | c1 s1",
                "--client 127.0.0.1:40001 | c2 s2 c3",
                "--client 127.0.0.1 | c1 s1 c2 s2 dropped c3",
                "--client [127.0.0.1]:40001 --only-lost --last 1 | c3",
            })
    void aPartIsShown(String options, String names) throws IOException {
        String text = draw(relay().write(folder), options.split(" "));
        String rows = text.replaceAll("(?m)^\\d+ datagrams?:.*", "");
        for (String name : List.of("c1", "s1", "c2", "s2", "dropped", "c3")) {
            assertEquals(names.contains(name), rows.contains(name), name + " in " + text);
        }
    }

    @Test
    void whatIsLeftOutIsCountedOnceAndTheRelayClosesInSilence() throws IOException {
        String text = draw(relay().write(folder), "--client", "127.0.0.1:40001", "--last", "1");
        assertTrue(text.endsWith("\n1 datagram: 1 lost; not shown: 5 datagrams\n"), text);
        assertFalse(text.contains("close()"), text);
    }

    @Test
    void aSlowReplyHasItsTimeAfterASpace() throws IOException {
        String[] files = new Script()
                .server(1, "sendto()", "a")
                .client(31, "recvfrom()", "a")
                .write(folder);
        assertTrue(draw(files).contains("|<-#1 recvfrom() +30 ms 1 B \"a\"-"), shell.out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--width 39 | --width: '39' is not a number of columns (40 to 1000)",
                "--last 0 | --last: '0' is not a number of datagrams (1 to 999999999)",
                "--client 9.9.9.9 | --client: no trace has a client '9.9.9.9'; there are 127.0.0.1:40000, 127.0.0.1:40001, 127.0.0.1:7",
            })
    void aWrongChoiceIsRefused(String options, String error) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(options.split(" ")));
        arguments.addAll(List.of(relay().write(folder)));
        assertEquals(2, DiagramCommand.run(shell.shell(), arguments));
        assertEquals("udp-it diagram: " + error + "\n", shell.err());
    }

    @Test
    void aSecondRelayOrServerIsRefused() throws IOException {
        String[] files = threeFiles();
        assertEquals(2, DiagramCommand.run(shell.shell(), List.of(files[0], files[1], files[0])));
        assertEquals(
                "udp-it diagram: " + files[0] + ": a second trace of a relay; " + files[0] + " is the first\n",
                shell.err());
    }

    @Test
    void clientsThatDoNotOverlapShareALane() throws IOException {
        Script script = new Script().relay(0, "bind()", FRONT, null, null, null, null);
        for (int i = 0; i < 10; i++) {
            pass(script, 10 * i, "127.0.0.1:4000" + i, "a", "c" + (i + 1), "delivered");
        }
        Sequence sequence = script.sequence(folder);
        assertEquals("[client, network, server]", sequence.lanes().toString());
        assertEquals(10, sequence.lanes().get(0).endpoints().size());
    }
}
