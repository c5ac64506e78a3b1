package udp.it.diagram;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatchingTest {
    private static final String UPSTREAM = "127.0.0.1:60000";

    @TempDir
    Path folder;

    private static String fates(Sequence sequence) {
        return sequence.arrows().stream()
                .map(datagram -> datagram.name().substring(1) + " " + datagram.fate()
                        + (datagram.received() == null
                                ? ""
                                : " at " + datagram.received().nanos() / 1_000_000))
                .collect(joining(", "));
    }

    private void assertFates(String fates, Script script) throws IOException {
        assertEquals(fates, fates(script.sequence(folder)));
    }

    private static Script script() {
        return new Script();
    }

    @Test
    void arrivesOnce() throws IOException {
        assertFates(
                "1 delivered at 1, 2 delivered at 3",
                script().client(0, "sendto()", "a")
                        .server(1, "recvfrom()", "a")
                        .server(2, "sendto()", "A")
                        .client(3, "recvfrom()", "A"));
    }

    @Test
    void ofTwoAlikeTheFirstIsLost() throws IOException {
        assertFates(
                "1 lost, 2 delivered at 101",
                script().client(0, "sendto()", "a")
                        .clientNote(100, "time-out", "")
                        .client(100, "sendto()", "a")
                        .server(101, "recvfrom()", "a"));
    }

    @Test
    void twoThatArriveTogetherAreOneAndItsDuplicate() throws IOException {
        assertFates(
                "1 lost, 2 delivered at 101, 2 duplicate at 102",
                script().client(0, "sendto()", "a")
                        .client(100, "sendto()", "a")
                        .server(101, "recvfrom()", "a")
                        .server(102, "recvfrom()", "a"));
    }

    @Test
    void twoThatArriveAsFarApartAsTheyWereSentAreBothLate() throws IOException {
        assertFates(
                "1 late at 150, 2 delivered at 250",
                script().client(0, "sendto()", "a")
                        .clientNote(100, "time-out", "")
                        .client(100, "sendto()", "a")
                        .server(150, "recvfrom()", "a")
                        .server(250, "recvfrom()", "a"));
    }

    @Test
    void whatIsOvertakenIsLate() throws IOException {
        assertFates(
                "1 late at 20, 2 delivered at 10",
                script().client(0, "sendto()", "a")
                        .client(1, "sendto()", "b")
                        .server(10, "recvfrom()", "b")
                        .server(20, "recvfrom()", "a"));
    }

    @Test
    void aReplyAfterTheTimeOutIsLateAndAfterTheEndTooLate() throws IOException {
        assertFates(
                "1 late at 10, 2 too late",
                script().server(5, "sendto()", "A")
                        .clientNote(10, "time-out", "")
                        .client(15, "recvfrom()", "A")
                        .clientNote(20, "close()", "")
                        .server(25, "sendto()", "B"));
    }

    @Test
    void aFlippedBitAndAMissingEndAreRecognised() throws IOException {
        assertFates(
                "1 altered at 1, 2 altered at 3, 2 duplicate at 4, 3 from elsewhere at 5",
                script().client(0, "sendto()", "abc")
                        .server(1, "recvfrom()", "abb")
                        .client(2, "sendto()", "hello")
                        .server(3, "recvfrom()", "hel")
                        .server(4, "recvfrom()", "hel")
                        .server(5, "recvfrom()", "xyz"));
    }

    @Test
    void whatWasNotSentCannotArrive() throws IOException {
        assertFates(
                "1 from elsewhere at 2",
                script().clientFailure(0, "sendto()", "no network").server(2, "recvfrom()", "x"));
        assertFates(
                "1 lost, 2 from elsewhere at 0",
                script().server(1, "recvfrom()", "x").client(2, "sendto()", "x"));
    }

    /** The server has faults itself: it cuts, loses, doubles and delays. The relay loses all, so that nothing follows. */
    @Test
    void equalRepliesOfAServerWithFaultsReachTheRelayInTheirOrder() throws IOException {
        Script script = script();
        for (double sent : new double[] {0, 600, 603, 700, 800, 900}) {
            script.server(sent, "sendto()", "AB", UPSTREAM);
        }
        arrive(script, 2, "A", "s1");
        arrive(script, 604, "AB", "s2");
        arrive(script, 605, "AB", "s3");
        arrive(script, 801, "AB", "s4");
        arrive(script, 802, "AB", "s5");
        arrive(script, 901, "AB", "s6");
        arrive(script, 902, "AB", "s7");
        assertEquals(
                "s1 0, s2 600, s3 603, s4 800, s5 800, s6 900, s7 900, #4 700",
                script.sequence(folder).arrows().stream()
                        .sorted(comparing(arrow -> !arrow.name().startsWith("s")))
                        .map(arrow -> arrow.name() + " " + arrow.sent().nanos() / 1_000_000)
                        .collect(joining(", ")));
    }

    private static void arrive(Script script, double at, String data, String name) {
        script.relay(at, "recvfrom()", UPSTREAM, Script.SERVER, data, name, "lost");
    }

    @Test
    void aClientThatNoTraceIsOfHasALane() throws IOException {
        Sequence sequence = script().client(0, "sendto()", "a")
                .server(1, "recvfrom()", "a")
                .server(2, "recvfrom()", "a", "127.0.0.1:40001")
                .server(3, "sendto()", "A", "127.0.0.1:40001")
                .server(4, "recvfrom()", "udp-server: wake up", "127.0.0.1:40002")
                .sequence(folder);
        assertEquals("1 delivered at 1, 2 sent, 3 delivered at 2", fates(sequence));
        assertEquals("[client 1, client 2, server]", sequence.lanes().toString());
        assertEquals(
                "3 datagrams: 2 delivered, 1 sent; not shown: 1 step of the server with itself", sequence.summary());
    }

    @Test
    void onAnotherMachineTheWallClockCounts() throws IOException {
        Script script = new Script(77_000_000_000L);
        assertFates("1 delivered at 1", script.client(0, "sendto()", "a").server(1, "recvfrom()", "a"));
    }

    @Test
    void aSocketThatIsBoundToAllAddressesMatchesEach() {
        Endpoint any = Endpoint.of("0.0.0.0:7");
        assertEquals(true, any.matches(Endpoint.of("127.0.0.1:7")));
        assertEquals(true, Endpoint.of("[::1]:7").matches(Endpoint.of("[::]:7")));
        assertEquals(false, any.matches(Endpoint.of("127.0.0.1:8")));
        assertEquals(false, Endpoint.of("127.0.0.2:7").matches(Endpoint.of("127.0.0.1:7")));
        assertEquals("[::1]:7", Endpoint.of("[::1]:7").toString());
    }

    @Test
    void anotherHostsPortIsNotTheClientsAlthoughTheClientBindsToAllAddresses() throws IOException {
        Sequence sequence = new Script()
                .clientBinds(0)
                .clientNote(1, "connect()", "")
                .client(2, "sendto()", "a")
                .server(3, "recvfrom()", "a")
                .server(4, "recvfrom()", "a", "192.0.2.1:40000")
                .sequence(folder);
        assertEquals("[192.0.2.1:40000]", sequence.lanes().get(1).endpoints().toString());
        assertEquals(
                List.of(Script.CLIENT),
                sequence.lanes().get(0).endpoints().stream()
                        .map(Endpoint::toString)
                        .toList());
    }
}
