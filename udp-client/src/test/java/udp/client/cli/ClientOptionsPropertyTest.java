package udp.client.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.UnknownHostException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import udp.internal.cli.CommandLine;
import udp.internal.cli.UsageException;
import udp.internal.trace.Trace;
import udp.test.TestShell;

/** Any host that looks like an address has addresses or is refused as wrong usage. Names are not looked up here. */
class ClientOptionsPropertyTest {
    @Property
    void anyAddressIsUsedOrRefused(@ForAll("addresses") String host, @ForAll("families") String family) {
        try {
            CommandLine line = CommandLine.parse(
                    ClientOptions.PROGRAM.options(),
                    ClientOptions.PROGRAM.operands(),
                    List.of(family, "--", host, "50007"),
                    new TestShell().shell());
            assertTrue(ClientOptions.of(line).addresses(Trace.NONE).stream()
                    .allMatch(address -> address.getPort() == 50_007));
        } catch (UsageException | UnknownHostException e) {
            assertTrue(e.getMessage().contains(host), e.getMessage());
        }
    }

    @Provide
    Arbitrary<String> addresses() {
        Arbitrary<String> tail =
                Arbitraries.strings().withChars("0123456789abf:.%[]eth-\0").ofMaxLength(24);
        Arbitrary<String> head = Arbitraries.of(":", "::", "1:", "[", "[::", "fe80::1%", "::1%", "::ffff:127.0.0.");
        return head.flatMap(start -> tail.map(end -> start + end));
    }

    @Provide
    Arbitrary<String> families() {
        return Arbitraries.of("-4", "-6");
    }
}
