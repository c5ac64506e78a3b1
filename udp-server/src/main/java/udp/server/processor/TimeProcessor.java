package udp.server.processor;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import udp.api.spi.NamedProcessor;

/** {@code time}: the date and time as text, whatever was asked (RFC 867, daytime). Thread-safe. */
public final class TimeProcessor implements NamedProcessor {
    /** A class of its own, since every server looks at every processor's name, and this takes a megabyte. */
    private static final class Format {
        // the first of the two forms that RFC 867 suggests
        static final DateTimeFormatter DAYTIME =
                DateTimeFormatter.ofPattern("EEEE, MMMM d, yyyy HH:mm:ss-zzz\r\n", Locale.US);
    }

    private final Clock clock; // null: the system's

    /** For {@link java.util.ServiceLoader}. */
    public TimeProcessor() {
        this(null);
    }

    TimeProcessor(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "time";
    }

    @Override
    public Outcome process(ByteBuffer received, ByteBuffer answer, InetSocketAddress peer) {
        ZonedDateTime now = clock == null ? ZonedDateTime.now() : ZonedDateTime.now(clock);
        answer.put(Format.DAYTIME.format(now).getBytes(US_ASCII));
        return Outcome.REPLY;
    }
}
