package udp.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * What a message becomes: at the server a request and its answer, at the client a reply and the next request.
 *
 * <p>Echo is {@code (received, answer, peer) -> { answer.put(received); return Outcome.REPLY; }}, and a first
 * assignment {@code MessageProcessor.ofText(String::toUpperCase)}.
 *
 * <h2>Rules</h2>
 *
 * Every processor keeps these; tests name the rule that they check.
 *
 * <ul>
 * <li>P.1 The message is the bytes from the position of {@code received} to its limit, in any kind of buffer: direct
 *     ones have no {@code array()}. It need not be read to its end.
 * <li>P.2 The answer is put into {@code answer} from its position on. No limit changes: flipping is the caller's part.
 * <li>P.3 There is always an {@link Outcome}, never null.
 * <li>P.4 Nothing of a message is in the answer to the next by mistake. Both buffers are used again, so neither may be
 *     kept.
 * <li>P.5 The empty message is a message like any other.
 * <li>P.6 Malformed UTF-8 throws nothing: anyone can send it.
 * <li>P.7 No size throws anything but {@link java.nio.BufferOverflowException}, for an answer that is larger than a
 *     datagram.
 * <li>P.8 The answer does not depend on the default locale, nor
 * <li>P.9 on the default charset: a server answers alike wherever it runs.
 * <li>P.10 A processor is called by one thread at a time. One that is shared by several servers or workers must be
 *     thread-safe.
 * </ul>
 */
@FunctionalInterface
public interface MessageProcessor {
    /** Whether there is something to send; an empty answer is a datagram too, and not the same as silence. */
    enum Outcome {
        /** Send the answer to the peer. */
        REPLY,
        /** Send nothing. */
        NO_REPLY
    }

    /**
     * Turns the message that was received into an answer.
     *
     * <p>What is thrown costs this one datagram and is counted, also a {@link java.nio.BufferOverflowException} for an
     * answer that is larger than a datagram (rule P.7).
     *
     * @param received the message, 0 to 65,527 bytes, from its position to its limit; not necessarily read to its end
     * @param answer takes the answer by {@code put}; empty, with room for the largest datagram that the peer's
     *     address family allows (65,507 bytes over IPv4, 65,527 over IPv6)
     * @param peer where the message came from and the answer goes to
     * @return whether the answer is to be sent
     */
    Outcome process(ByteBuffer received, ByteBuffer answer, InetSocketAddress peer);

    /**
     * A processor of text. Malformed UTF-8 arrives as U+FFFD, as the JDK's decoder does it.
     *
     * @param function from the message to the answer, or to null for none
     * @return a processor that decodes and encodes UTF-8
     */
    static MessageProcessor ofText(UnaryOperator<String> function) {
        Objects.requireNonNull(function);
        return ofBytes(message -> {
            String answer = function.apply(new String(message, UTF_8));
            return answer == null ? null : answer.getBytes(UTF_8);
        });
    }

    /**
     * A processor of bytes.
     *
     * @param function from the message, an array of its own and of just its length, to the answer, or to null for none
     * @return a processor that copies the message into an array and the answer out of one
     */
    static MessageProcessor ofBytes(UnaryOperator<byte[]> function) {
        Objects.requireNonNull(function);
        return (received, answer, peer) -> {
            byte[] message = new byte[received.remaining()];
            received.get(message);
            byte[] reply = function.apply(message);
            if (reply == null) {
                return Outcome.NO_REPLY;
            }
            answer.put(reply);
            return Outcome.REPLY;
        };
    }
}
