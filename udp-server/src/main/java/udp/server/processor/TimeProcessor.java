package udp.server.processor;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Supplier;
import udp.api.spi.NamedProcessor;

/** The processor {@code time}: replies with the date and time as text, whatever the request (RFC 867, daytime). Thread-safe. */
public final class TimeProcessor implements NamedProcessor {
    /** The format, loaded at the first use only: every server makes every processor, and the format takes a megabyte. */
    private static final class Format {
        // RFC 867 suggests two forms; this is the first.
        static final DateTimeFormatter DAYTIME =
                DateTimeFormatter.ofPattern("EEEE, MMMM d, yyyy HH:mm:ss-zzz\r\n", Locale.US);
    }

    private final Supplier<ZonedDateTime> clock;

    /** Makes a processor, for {@link java.util.ServiceLoader}. */
    public TimeProcessor() {
        this(ZonedDateTime::now);
    }

    TimeProcessor(Supplier<ZonedDateTime> clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "time";
    }

    @Override
    public Outcome process(ByteBuffer request, ByteBuffer reply, InetSocketAddress peer) {
        reply.put(Format.DAYTIME.format(clock.get()).getBytes(US_ASCII));
        return Outcome.REPLY;
    }
}
