package udp.it.diagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static udp.it.Jvm.jar;
import static udp.it.Jvm.java;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import udp.it.Jvm;
import udp.it.Python;
import udp.it.diagram.Lane.Kind;

/** A client in C and a server in Python with the relay between them: each arrow is what the two programs logged. */
@Timeout(60)
class RelayedProgramsIT {
    /** Sends a message every 20 ms, then receives until 300 ms pass in silence; prints the bytes in hexadecimal. */
    private static final String CLIENT = """
            #include <arpa/inet.h>
            #include <poll.h>
            #include <stdio.h>
            #include <stdlib.h>
            #include <string.h>
            #include <sys/socket.h>
            static void print(const char *what, const char *data, int length) {
                printf("%s ", what);
                for (int i = 0; i < length; i++) printf("%02x", (unsigned char) data[i]);
                printf("\\n");
            }
            int main(int count, char **arguments) {
                int client = socket(AF_INET, SOCK_DGRAM, 0);
                struct sockaddr_in relay = {.sin_family = AF_INET, .sin_port = htons(atoi(arguments[1]))};
                relay.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
                struct pollfd wait = {.fd = client, .events = POLLIN};
                char data[2000];
                for (int i = 1; i <= 12; i++) {
                    int length = sprintf(data, "message %d", i / 2);
                    sendto(client, data, length, 0, (struct sockaddr *) &relay, sizeof relay);
                    print("sent", data, length);
                    while (poll(&wait, 1, i < 12 ? 20 : 300) > 0)
                        print("received", data, recv(client, data, sizeof data, 0));
                }
            }
            """;

    private static final String SERVER = """
            import socket, sys
            server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            server.bind(("127.0.0.1", 0))
            print("listening on 127.0.0.1:%d" % server.getsockname()[1], flush=True)
            while True:
                data, peer = server.recvfrom(2000)
                print("received", data.hex(), flush=True)
                server.sendto(data.upper(), peer)
                print("sent", data.upper().hex(), flush=True)
            """;

    private static final String FATES = "c1=lose c2=twice c3=late:70ms c4=corrupt c5=truncate c6=overtaken"
            + " s1=lose s2=twice s3=late:70ms s4=corrupt s5=truncate s6=overtaken";

    @TempDir
    Path folder;

    private String compile() throws Exception {
        String program = folder.resolve("client").toString();
        String source = Files.writeString(folder.resolve("client.c"), CLIENT).toString();
        try {
            Jvm.Result result = Jvm.run(new byte[0], List.of("gcc", "-o", program, source), Map.of());
            assertEquals(0, result.status(), result.err());
        } catch (IOException e) {
            assumeTrue(false, "This computer has no gcc.");
        }
        return program;
    }

    @Test
    void eachArrowIsWhatTheProgramsLogged() throws Exception {
        String program = compile();
        String trace = folder.resolve("relay.jsonl").toString();
        String clientLog;
        String serverLog;
        try (Jvm server = Jvm.start(List.of(Python.path(), "-c", SERVER), Map.of())) {
            String to = "127.0.0.1:" + server.port();
            List<String> proxy =
                    java("-jar", jar("it"), "proxy", "--listen", "127.0.0.1:0", "--to", to, "--fates", FATES);
            proxy.addAll(List.of("--trace-file", trace));
            try (Jvm relay = Jvm.start(proxy, Map.of())) {
                clientLog = Jvm.run(new byte[0], List.of(program, String.valueOf(relay.port())), Map.of())
                        .out();
                relay.terminate();
            }
            serverLog = server.terminate().out();
        }
        Sequence sequence = Sequence.of(TraceFile.merge(List.of(trace), System.err));
        assertEquals(
                logged(clientLog, "sent"), drawn(sequence, arrow -> arrow.from().kind() == Kind.CLIENT));
        assertEquals(
                logged(clientLog, "received"),
                drawn(sequence, arrow -> arrow.to().kind() == Kind.CLIENT));
        assertEquals(
                logged(serverLog, "sent"), drawn(sequence, arrow -> arrow.from().kind() == Kind.SERVER));
        assertEquals(
                logged(serverLog, "received"),
                drawn(sequence, arrow -> arrow.to().kind() == Kind.SERVER));
        assertEquals(
                "c1 lost, c2 twice, c3 late 70 ms, c4 corrupted, c5 truncated, c6 overtaken, c7 delivered",
                String.join(
                        ", ",
                        sequence.arrows().stream()
                                .filter(arrow -> arrow.from().kind() == Kind.CLIENT)
                                .map(arrow -> arrow.name() + " " + arrow.words())
                                .limit(7)
                                .toList()));
    }

    private static List<String> logged(String log, String what) {
        return log.lines()
                .filter(line -> line.startsWith(what + " "))
                .map(line -> line.substring(what.length() + 1))
                .toList();
    }

    private static List<String> drawn(Sequence sequence, Predicate<Arrow> isMeant) {
        Stream<Arrow> arrows = sequence.moments().stream().map(Sequence.Moment::arrow);
        return arrows.filter(arrow -> arrow != null && isMeant.test(arrow))
                .map(arrow -> HexFormat.of().formatHex(arrow.first().data()))
                .toList();
    }
}
