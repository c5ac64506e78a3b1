package udp.client.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.BindException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import udp.internal.cli.CommandLine;
import udp.test.TestShell;

class AdviceTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        new SocketTimeoutException("no reply from server:7 after 3 tries in 7 s"),
                        "no reply from server:7 after 3 tries in 7 s; check host, port and firewall, or wait longer"),
                Arguments.of(
                        new PortUnreachableException("nothing listens on server:7 (connection refused)"),
                        "nothing listens on server:7 (connection refused); start the server there, or check host and port"),
                Arguments.of(
                        new NoRouteToHostException("server:7 cannot be reached: Network is unreachable"),
                        "server:7 cannot be reached: Network is unreachable; "
                                + "check the address and this host's network"),
                Arguments.of(
                        new BindException("cannot send from port 7: Permission denied"),
                        "cannot send from port 7: Permission denied; choose another"),
                Arguments.of(new SocketException("Protocol error"), "Protocol error"),
                Arguments.of(new ClosedChannelException(), "ClosedChannelException"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureIsFollowedByWhatTheUserCanDo(IOException failure, String text) {
        assertEquals(text, Advice.of(failure));
    }

    @Test
    void aRetryTellsItsReasonNumberAndWait() {
        CommandLine line = CommandLine.parse(
                ClientOptions.PROGRAM.options(),
                ClientOptions.PROGRAM.operands(),
                List.of("server", "7"),
                new TestShell().shell());
        ClientOptions options = ClientOptions.of(line);
        assertEquals(
                "no reply from server:7 yet; try 2 of 3, waiting 2 s",
                Advice.beforeRetry(options, false, 2, Duration.ofSeconds(2)));
        assertEquals(
                "nothing listens on server:7 (connection refused) yet; try 3 of 3, waiting 40 ms",
                Advice.beforeRetry(options, true, 3, Duration.ofMillis(40)));
    }

    @Test
    void aLineThatIsToldCannotDriveATerminal() {
        TestShell shell = new TestShell();
        Advice.tell(shell.shell(), "a\u001bb\nc");
        assertEquals("udp-client: a\\u001bb\\u000ac", shell.err().strip());
    }
}
