package udp.internal.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import udp.api.Transport;
import udp.api.spi.TransportProvider;
import udp.test.FakeProvider;
import udp.test.FakeTransport;

class FaultsTest {
    private static final Duration NOTHING = Duration.ZERO;

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY})
    void whatIsNoProbabilityIsRefusedByItsName(double p) {
        assertRefused("loss " + p, () -> new Faults(p, 0, 0, 0, 0, NOTHING, NOTHING, 0));
        assertRefused("duplicate " + p, () -> new Faults(0, p, 0, 0, 0, NOTHING, NOTHING, 0));
        assertRefused("reorder " + p, () -> new Faults(0, 0, p, 0, 0, NOTHING, NOTHING, 0));
        assertRefused("corrupt " + p, () -> new Faults(0, 0, 0, p, 0, NOTHING, NOTHING, 0));
        assertRefused("truncate " + p, () -> new Faults(0, 0, 0, 0, p, NOTHING, NOTHING, 0));
    }

    @ParameterizedTest
    @CsvSource({"PT-1S, PT0S", "PT-1S, PT1S", "PT2S, PT1S", "PT0S, PT1H0.000000001S", "PT0S, PT-1S"})
    void whatIsNoRangeOfDelaysIsRefused(Duration least, Duration most) {
        assertRefused("delay from " + least + " to " + most, () -> new Faults(0, 0, 0, 0, 0, least, most, 0));
    }

    @Test
    void thereAreNoneWhateverTheSeedAndEachFaultIsOne() throws IOException {
        FakeTransport inner = new FakeTransport();
        assertSame(inner, Faults.NONE.wrap(inner));
        assertSame(inner, new Faults(0, 0, 0, 0, 0, NOTHING, NOTHING, 7).wrap(inner));
        TimeSpan hour = new TimeSpan(NOTHING, Duration.ofHours(1));
        Faults[] all = {
            new Faults(0.1, 0, 0, 0, 0, NOTHING, NOTHING, 0),
            new Faults(0, 0.1, 0, 0, 0, NOTHING, NOTHING, 0),
            new Faults(0, 0, 0.1, 0, 0, NOTHING, NOTHING, 0),
            new Faults(0, 0, 0, 0.1, 0, NOTHING, NOTHING, 0),
            new Faults(0, 0, 0, 0, 0.1, NOTHING, NOTHING, 0),
            new Faults(0, 0, 0, 0, 0, NOTHING, Duration.ofNanos(1), 0),
            new Faults(1, 1, 1, 1, 1, Duration.ofHours(1), Duration.ofHours(1), Long.MIN_VALUE),
            oneWay(new LinkFaults(Chances.NONE, Map.of(), 9, hour, Bandwidth.UNLIMITED)),
            oneWay(new LinkFaults(Chances.NONE, Map.of(), 9, TimeSpan.NONE, new Bandwidth(1000, 9))),
        };
        for (Faults faults : all) {
            assertNotSame(inner, faults.wrap(inner));
            assertNotSame(inner, new Faults(faults.fromServer(), faults.fromClients(), 0).wrap(inner));
        }
    }

    private static Faults oneWay(LinkFaults fromClients) {
        return new Faults(fromClients, LinkFaults.NONE, 0);
    }

    @ParameterizedTest
    @EnumSource
    void aScriptCountsTheDatagramsOfAllTransportsOfAProvider(TransportProvider.Role role) throws IOException {
        Chances lost = new Chances(1, 0, 0, 0, 0, NOTHING, NOTHING);
        LinkFaults second = LinkFaults.of(Chances.NONE, Map.of(2, lost));
        LinkFaults third = LinkFaults.of(Chances.NONE, Map.of(3, lost));
        Faults faults =
                role == TransportProvider.Role.CLIENT ? new Faults(second, third, 0) : new Faults(third, second, 0);
        List<FakeTransport> inner = List.of(new FakeTransport(), new FakeTransport());
        Iterator<FakeTransport> next = inner.iterator();
        TransportProvider provider = faults.wrap(new FakeProvider(role, "fake", config -> next.next()));
        List<Boolean> received = new ArrayList<>();
        try (Transport one = provider.open(null);
                Transport two = provider.open(null)) {
            for (Transport each : List.of(one, two, one, two)) {
                each.send(ByteBuffer.allocate(1), FakeTransport.PEER);
                received.add(each.receive(ByteBuffer.allocate(1), Duration.ZERO) != null);
            }
        }
        assertEquals(List.of(2, 1), inner.stream().map(each -> each.sent.get()).toList());
        assertEquals(List.of(true, true, false, true), received);
    }

    private static void assertRefused(String beginning, Runnable attempt) {
        String message =
                assertThrows(IllegalArgumentException.class, attempt::run).getMessage();
        assertEquals(beginning, message.substring(0, Math.min(beginning.length(), message.length())));
    }
}
