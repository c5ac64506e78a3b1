package udp.it.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Locale;
import udp.api.MessageProcessor;

/** Processors that are each wrong in one way: the mistakes that students make. */
abstract class WrongProcessor implements MessageProcessor {
    @Override
    public Outcome process(ByteBuffer received, ByteBuffer answer, InetSocketAddress peer) {
        answer.put(answer(received));
        return Outcome.REPLY;
    }

    byte[] answer(ByteBuffer received) {
        byte[] bytes = new byte[received.remaining()];
        received.get(bytes);
        return answer(new String(bytes, UTF_8)).getBytes(UTF_8);
    }

    String answer(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    static final class DecodesTheWholeBuffer extends WrongProcessor {
        @Override
        byte[] answer(ByteBuffer received) {
            return received.array();
        }
    }

    static final class IgnoresArrayOffset extends WrongProcessor {
        @Override
        byte[] answer(ByteBuffer received) {
            return received.hasArray()
                    ? new String(received.array(), received.position(), received.remaining(), UTF_8).getBytes(UTF_8)
                    : super.answer(received);
        }
    }

    static final class FlipsTheAnswer extends WrongProcessor {
        @Override
        public Outcome process(ByteBuffer received, ByteBuffer answer, InetSocketAddress peer) {
            Outcome outcome = super.process(received, answer, peer);
            answer.flip();
            return outcome;
        }
    }

    static final class NeedsAnArrayForTheAnswer extends WrongProcessor {
        @Override
        public Outcome process(ByteBuffer received, ByteBuffer answer, InetSocketAddress peer) {
            byte[] reply = answer(received);
            System.arraycopy(reply, 0, answer.array(), 0, reply.length);
            answer.position(reply.length);
            return Outcome.REPLY;
        }
    }

    static final class HasNoOutcome extends WrongProcessor {
        @Override
        public Outcome process(ByteBuffer received, ByteBuffer answer, InetSocketAddress peer) {
            super.process(received, answer, peer);
            return null;
        }
    }

    static final class LeaksTheMessageBefore extends WrongProcessor {
        private final StringBuilder all = new StringBuilder();

        @Override
        String answer(String text) {
            return super.answer(all.append(text).toString());
        }
    }

    static final class ReadsAFirstByte extends WrongProcessor {
        @Override
        byte[] answer(ByteBuffer received) {
            return received.get(received.position()) == '/' ? new byte[0] : super.answer(received);
        }
    }

    static final class DiesOnMalformedText extends WrongProcessor {
        @Override
        byte[] answer(ByteBuffer received) {
            try {
                return UTF_8.newDecoder().decode(received).toString().getBytes(UTF_8);
            } catch (CharacterCodingException e) {
                throw new IllegalArgumentException(e);
            }
        }
    }

    static final class HasAnArrayOf1024 extends WrongProcessor {
        @Override
        byte[] answer(ByteBuffer received) {
            byte[] fixed = new byte[1024];
            int length = received.remaining();
            received.get(fixed, 0, length);
            return new String(fixed, 0, length, UTF_8).getBytes(UTF_8);
        }
    }

    static final class TakesTheDefaultLocale extends WrongProcessor {
        @Override
        String answer(String text) {
            return text.toUpperCase();
        }
    }

    static final class TakesTheDefaultCharset extends WrongProcessor {
        @Override
        byte[] answer(ByteBuffer received) {
            byte[] bytes = new byte[received.remaining()];
            received.get(bytes);
            return new String(bytes).toUpperCase(Locale.ROOT).getBytes();
        }
    }

    static final class AppendsANul extends WrongProcessor {
        @Override
        String answer(String text) {
            return super.answer(text) + '\0';
        }
    }
}
