package udp.it.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Locale;
import java.util.Map;
import org.opentest4j.TestAbortedException;
import udp.api.MessageProcessor;

/** Processors with a single mistake each, which students make. */
abstract class WrongProcessor implements MessageProcessor {
    @Override
    public Outcome process(ByteBuffer request, ByteBuffer reply, InetSocketAddress peer) {
        reply.put(reply(request));
        return Outcome.REPLY;
    }

    byte[] reply(ByteBuffer request) {
        byte[] bytes = new byte[request.remaining()];
        request.get(bytes);
        return reply(new String(bytes, UTF_8)).getBytes(UTF_8);
    }

    String reply(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    static final class DecodesTheWholeBuffer extends WrongProcessor {
        @Override
        byte[] reply(ByteBuffer request) {
            return request.array();
        }
    }

    static final class IgnoresArrayOffset extends WrongProcessor {
        @Override
        byte[] reply(ByteBuffer request) {
            return request.hasArray()
                    ? new String(request.array(), request.position(), request.remaining(), UTF_8).getBytes(UTF_8)
                    : super.reply(request);
        }
    }

    static final class FlipsTheReply extends WrongProcessor {
        @Override
        public Outcome process(ByteBuffer request, ByteBuffer reply, InetSocketAddress peer) {
            Outcome outcome = super.process(request, reply, peer);
            reply.flip();
            return outcome;
        }
    }

    static final class NeedsAnArrayForTheReply extends WrongProcessor {
        @Override
        public Outcome process(ByteBuffer request, ByteBuffer reply, InetSocketAddress peer) {
            byte[] bytes = reply(request);
            System.arraycopy(bytes, 0, reply.array(), 0, bytes.length);
            reply.position(bytes.length);
            return Outcome.REPLY;
        }
    }

    static final class HasNoOutcome extends WrongProcessor {
        @Override
        public Outcome process(ByteBuffer request, ByteBuffer reply, InetSocketAddress peer) {
            super.process(request, reply, peer);
            return null;
        }
    }

    static final class LeaksTheMessageBefore extends WrongProcessor {
        private final StringBuilder all = new StringBuilder();

        @Override
        String reply(String text) {
            return super.reply(all.append(text).toString());
        }
    }

    static final class ReadsAFirstByte extends WrongProcessor {
        @Override
        byte[] reply(ByteBuffer request) {
            return request.get(request.position()) == '/' ? new byte[0] : super.reply(request);
        }
    }

    static final class AbortsTheTestOfTheEmptyMessage extends WrongProcessor {
        @Override
        byte[] reply(ByteBuffer request) {
            if (!request.hasRemaining()) {
                throw new TestAbortedException("does not apply");
            }
            return super.reply(request);
        }
    }

    static final class DiesOnMalformedText extends WrongProcessor {
        @Override
        byte[] reply(ByteBuffer request) {
            try {
                return UTF_8.newDecoder().decode(request).toString().getBytes(UTF_8);
            } catch (CharacterCodingException e) {
                throw new IllegalArgumentException(e);
            }
        }
    }

    static final class HasAnArrayOf1024 extends WrongProcessor {
        @Override
        byte[] reply(ByteBuffer request) {
            byte[] fixed = new byte[1024];
            int length = request.remaining();
            request.get(fixed, 0, length);
            return new String(fixed, 0, length, UTF_8).getBytes(UTF_8);
        }
    }

    static final class TakesTheDefaultLocale extends WrongProcessor {
        @Override
        String reply(String text) {
            return text.toUpperCase();
        }
    }

    static final class TakesTheDefaultCharset extends WrongProcessor {
        @Override
        byte[] reply(ByteBuffer request) {
            byte[] bytes = new byte[request.remaining()];
            request.get(bytes);
            return new String(bytes).toUpperCase(Locale.ROOT).getBytes();
        }
    }

    static final class AppendsANul extends WrongProcessor {
        @Override
        String reply(String text) {
            return super.reply(text) + '\0';
        }
    }

    /** Knows what a kit once asked, and nothing else. */
    static final class HasATable extends WrongProcessor {
        private static final Map<String, String> TABLE = Map.of(
                "hello, world",
                "HELLO, WORLD",
                "",
                "",
                "  a b \n",
                "  A B \n",
                "title",
                "TITLE",
                "你好, straße",
                "你好, STRASSE");

        @Override
        String reply(String text) {
            return TABLE.getOrDefault(text, text);
        }
    }
}
