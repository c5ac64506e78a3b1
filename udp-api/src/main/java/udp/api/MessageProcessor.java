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
 * <p>A processor is called by one thread at a time. One that is shared by several servers or workers must be
 * thread-safe.
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
     * <p>Neither buffer may be flipped, which is the caller's part, and neither may be kept: both are used again for the
     * next datagram. They may be direct, which have no {@code array()}. What is
     * thrown costs this one datagram and is counted, also a {@link java.nio.BufferOverflowException} for an answer
     * that is larger than a datagram.
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
