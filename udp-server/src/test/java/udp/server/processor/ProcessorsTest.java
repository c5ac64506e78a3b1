package udp.server.processor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import udp.api.MessageProcessor;
import udp.api.MessageProcessor.Outcome;
import udp.api.spi.NamedProcessor;
import udp.api.spi.Providers;
import udp.test.ScriptedTransport;

/** The tests of examples. {@link ProcessorsPropertyTest} has those of any request. */
class ProcessorsTest {
    private final ByteBuffer reply = ByteBuffer.allocate(256);

    @Test
    void everyProcessorIsFoundByItsName() {
        Map<String, Class<?>> expected = Map.of(
                "upper", UpperProcessor.class,
                "echo", EchoProcessor.class,
                "discard", DiscardProcessor.class,
                "reverse", ReverseProcessor.class,
                "time", TimeProcessor.class);
        assertEquals(expected.size(), Providers.processors().size());
        expected.forEach((name, type) -> {
            assertSame(type, Providers.processor(name).getClass());
            assertEquals(name, ((NamedProcessor) Providers.processor(name)).name());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a"})
    void discardSendsNoReply(String message) {
        assertEquals(Outcome.NO_REPLY, process(new DiscardProcessor(), message));
        assertEquals(0, reply.position());
    }

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, UTC, 'Thursday, January 1, 1970 00:00:00-UTC\r\n'",
        "1982-02-22T17:37:43Z, UTC, 'Monday, February 22, 1982 17:37:43-UTC\r\n'",
        "2026-12-31T23:59:59.999Z, UTC, 'Thursday, December 31, 2026 23:59:59-UTC\r\n'",
        "1982-02-23T01:37:43Z, America/Los_Angeles, 'Monday, February 22, 1982 17:37:43-PST\r\n'",
    })
    void timeIsTheFirstFormOfRfc867(Instant now, String zone, String expected) {
        TimeProcessor time = new TimeProcessor(() -> now.atZone(ZoneId.of(zone)));
        assertEquals(Outcome.REPLY, process(time, "whatever"));
        assertEquals(expected, reply());
    }

    @Test
    void timeIsEnglishEverywhere() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            process(new TimeProcessor(() -> Instant.EPOCH.atZone(ZoneId.of("UTC"))), "");
            assertEquals("Thursday, January 1, 1970 00:00:00-UTC\r\n", reply());
        } finally {
            Locale.setDefault(before);
        }
    }

    private Outcome process(MessageProcessor processor, String message) {
        return processor.process(ByteBuffer.wrap(message.getBytes(UTF_8)), reply, ScriptedTransport.PEER);
    }

    private String reply() {
        return UTF_8.decode(reply.flip()).toString();
    }
}
