package udp.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A processor of messages: at the server, it turns a request into a reply. At a client, the first parameter is the
 * reply that was received, and the second is the next request.
 *
 * <p>Echo is {@code (request, reply, peer) -> { reply.put(request); return Outcome.REPLY; }}, and a first assignment is
 * {@code MessageProcessor.ofText(String::toUpperCase)}.
 *
 * <h2>Rules</h2>
 *
 * Every processor keeps these rules. Each test names the rule that it checks.
 *
 * <ul>
 * <li>P.1 A processor MUST read the request from its position to its limit, from any kind of buffer. The buffer may
 *     hold more than the message, and a direct buffer has no {@code array()}. The processor need not read the request
 *     to its end.
 * <li>P.2 A processor MUST put the reply from its position on and change no limit. Flipping is the caller's part.
 * <li>P.3 A processor MUST always return an {@link Outcome}. Null says neither reply nor silence.
 * <li>P.4 A reply MUST NOT hold parts of an earlier message. A client must not read another client's data. Both buffers
 *     are used again, so a processor keeps neither of them.
 * <li>P.5 A processor MUST accept the empty message. An empty datagram is a datagram.
 * <li>P.6 Malformed UTF-8 MUST NOT make a processor throw. Anyone can send it.
 * <li>P.7 A message's size MUST cause no throw but {@link java.nio.BufferOverflowException}, for a reply that is larger
 *     than a datagram. Anyone chooses the size.
 * <li>P.8 A reply MUST NOT depend on the locale. A server replies alike wherever it runs.
 * <li>P.9 A reply MUST NOT depend on the default charset. A server replies alike wherever it runs.
 * <li>P.10 A shared processor MUST be thread-safe. Several workers may call it at the same time. A processor that is
 *     not shared is called by one thread at a time.
 * </ul>
 */
@FunctionalInterface
public interface MessageProcessor {
    /** The decision whether to send a reply. To send an empty reply is not the same as to send none. */
    enum Outcome {
        /** Send the reply to the peer. */
        REPLY,
        /** Send nothing. */
        NO_REPLY
    }

    /**
     * Turns a request into a reply.
     *
     * <p>If a processor throws, this request gets no reply, and the program counts it and goes on.
     *
     * @param request the message that was received, 0 to 65,527 bytes, from its position to its limit
     * @param reply the buffer for the reply: it is empty and has room for the largest datagram of the peer's address
     *     family (65,507 bytes over IPv4, 65,527 over IPv6)
     * @param peer the address and port that the request came from and the reply goes to
     * @return whether to send the reply
     */
    Outcome process(ByteBuffer request, ByteBuffer reply, InetSocketAddress peer);

    /**
     * Makes a processor from a function of texts. Messages are UTF-8; the function gets U+FFFD in place of malformed
     * bytes.
     *
     * @param function the function from the request to the reply, or to null for no reply
     * @return a processor that decodes the request and encodes the reply
     */
    static MessageProcessor ofText(UnaryOperator<String> function) {
        Objects.requireNonNull(function);
        return ofBytes(request -> {
            String reply = function.apply(new String(request, UTF_8));
            return reply == null ? null : reply.getBytes(UTF_8);
        });
    }

    /**
     * Makes a processor from a function of arrays. Each call of the function gets a new array with the length of the
     * request.
     *
     * @param function the function from the request to the reply, or to null for no reply
     * @return a processor that copies the request into an array, and the reply from the function's array
     */
    static MessageProcessor ofBytes(UnaryOperator<byte[]> function) {
        Objects.requireNonNull(function);
        return (request, reply, peer) -> {
            byte[] bytes = new byte[request.remaining()];
            request.get(bytes);
            byte[] result = function.apply(bytes);
            if (result == null) {
                return Outcome.NO_REPLY;
            }
            reply.put(result);
            return Outcome.REPLY;
        };
    }
}
