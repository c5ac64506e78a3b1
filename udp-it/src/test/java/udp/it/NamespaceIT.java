package udp.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static udp.it.Jvm.jar;
import static udp.it.Jvm.java;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A host with several addresses: a network namespace, which needs Linux and root. */
@Timeout(60)
class NamespaceIT {
    /** Starts a server in the namespace and sends a request to each address, from a socket that is connected to it. */
    private static final String ASK = """
            import re, socket, subprocess, sys
            server = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE, text=True)
            try:
                port = int(re.search(r'listening on 0.0.0.0:(\\d+)', server.stdout.readline())[1])
                for host in '127.0.0.1', '127.0.0.2', '127.0.0.3':
                    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
                        client.settimeout(5)
                        client.connect((host, port))
                        client.send(('from ' + host).encode())
                        print(client.recv(100).decode())
            finally:
                server.terminate()
                server.wait()
            """;

    @BeforeAll
    static void assumeNamespaces() throws Exception {
        assumeTrue(
                status("unshare", "-n", "ip", "link", "set", "lo", "up") == 0,
                "This computer gives no network namespace (it takes root, unshare and ip).");
        Python.path();
    }

    private static int status(String... command) throws Exception {
        try {
            return Jvm.run("", List.of(command)).status();
        } catch (IOException e) {
            return 127;
        }
    }

    /** A name server that receives the query and does not reply, then none at all. */
    @ParameterizedTest
    @CsvSource({
        "client, no reply in 300 ms, 127.0.0.1, -w 300ms -n 1 -m x name.example",
        "client, no name server has replied, 192.0.2.1, -w 4s -n 3 -m x name.example",
        "server, no name server has replied, 192.0.2.1, -b name.example",
        "it, no name server has replied, 192.0.2.1, proxy --to name.example:7"
    })
    void anOutageOfNameServersIsNoWrongName(String module, String reason, String nameServer, String arguments)
            throws Exception {
        Path folder = Files.createTempDirectory("resolver");
        Path file = Files.writeString(folder.resolve("resolv.conf"), "nameserver " + nameServer + "\n");
        String set = "ip link set lo up && mount --bind " + file + " /etc/resolv.conf && exec \"$@\"";
        List<String> command =
                new ArrayList<>(List.of("unshare", "-n", "-m", "sh", "-c", set, "sh", Python.path(), "-c"));
        command.add("import socket, subprocess, sys; silent = socket.socket(socket.AF_INET, socket.SOCK_DGRAM);"
                + " silent.bind(('127.0.0.1', 53)); sys.exit(subprocess.call(sys.argv[1:]))");
        command.addAll(java("-jar", jar(module)));
        command.addAll(List.of(arguments.split(" ")));
        Jvm.Result result = Jvm.run("", command);
        assertTrue(result.err().contains("host 'name.example' could not be looked up: " + reason + ";"), result.err());
        assertEquals(1, result.err().lines().count());
        assertEquals(1, result.status());
    }

    @Test
    void aHostWithoutIPv4IsNoFailure() throws Exception {
        List<String> command = new ArrayList<>(List.of("unshare", "-n", "sh", "-c"));
        command.addAll(List.of("ip link set lo up && ip addr del 127.0.0.1/8 dev lo && exec \"$@\"", "sh"));
        command.addAll(java("-jar", jar("it")));
        Jvm.Result result = Jvm.run("", command);
        assertEquals(0, result.status(), result.out() + result.err());
        assertTrue(result.out().contains("IPv4    not on this host"), result.out());
    }

    /** A Java whose console does not need a terminal, as that of 22 to 24, on a system without /proc. */
    @Test
    void aPipeIsNoTerminalWithoutProc() throws Exception {
        List<String> command = new ArrayList<>(List.of("unshare", "-n", "-m", "sh", "-c"));
        command.addAll(List.of(
                "ip link set lo up && mount -t tmpfs none /proc && LD_LIBRARY_PATH=" + System.getProperty("java.home")
                        + "/lib exec \"$@\"",
                "sh"));
        command.addAll(java("-Djdk.console=jdk.internal.le", "-jar", jar("client"), "-w", "1ms", "-n", "1"));
        Jvm.Result result = Jvm.run("a\nb\n", command);
        assertEquals(1, result.status(), result.out());
        assertTrue(result.err().contains("line 2: "), result.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"channel", "socket"})
    void aReplyComesFromTheAddressOfItsRequest(String transport) throws Exception {
        List<String> command = new ArrayList<>(List.of("unshare", "-n", "sh", "-c"));
        command.add(
                "ip link set lo up && ip addr add 127.0.0.2/8 dev lo && ip addr add 127.0.0.3/8 dev lo && exec \"$@\"");
        command.addAll(List.of("sh", Python.path(), "-c", ASK));
        command.addAll(java("-jar", jar("server"), "-b", "0.0.0.0", "-p", "0", "-t", transport));
        Jvm.Result result = Jvm.run("", command);
        assertEquals("FROM 127.0.0.1\nFROM 127.0.0.2\nFROM 127.0.0.3\n", result.out(), result.err());
    }
}
