package udp.internal.fault;

import java.time.Duration;
import udp.api.Transport;
import udp.api.spi.TransportProvider;

/**
 * The faults of a bad network, rehearsed on a good network.
 *
 * <ul>
 * <li>{@code loss}: the probability that a datagram disappears. All probabilities are from 0 to 1.
 * <li>{@code duplicate}: the probability that it arrives twice. The second copy follows the first directly and has the
 *     same faults.
 * <li>{@code reorder}: the probability that it is held back until a later datagram overtakes it, but no longer than 50
 *     ms. This replaces its delay. With 1, every datagram is held back, so that none overtakes.
 * <li>{@code corrupt}: the probability that a bit of it is flipped. An empty datagram has no bit to flip.
 * <li>{@code truncate}: the probability that its end is lost. At least one byte is left, because a connected transport
 *     cannot send an empty datagram. So a datagram of one byte stays whole.
 * <li>{@code minDelay}, {@code maxDelay}: the range of its delay, up to an hour. All delays in the range are equally
 *     likely. A datagram that arrives is delayed from the moment at which receive finds it.
 * <li>{@code seed}: the seed of the random draws. Its lower 48 bits count, as in {@link java.util.Random}.
 * </ul>
 *
 * <p>The n-th datagram in each direction gets the n-th random draw, whichever client sent it. With one client, equal
 * seeds give equal runs; with several clients, the draws are the same but their assignment to clients depends on
 * timing. The draws do not depend on the probabilities: if one fault is changed, the rest of the run stays the same. A
 * datagram that is refused with an exception gets no draw.
 *
 * <p>Two things depend on time nevertheless: when exactly a delayed datagram leaves, and which datagrams overtake it
 * until then; and whether 32 MiB of datagrams wait in a direction already. In this case the next datagram is dropped,
 * as by a router whose memory is full.
 */
public record Faults(
        double loss,
        double duplicate,
        double reorder,
        double corrupt,
        double truncate,
        Duration minDelay,
        Duration maxDelay,
        long seed) {
    private static final Duration MAX_DELAY = Duration.ofHours(1); // It stands before NONE, whose check needs it.

    /** A network without faults. */
    public static final Faults NONE = new Faults(0, 0, 0, 0, 0, Duration.ZERO, Duration.ZERO, 0);

    /** Checks the values, and refuses them with an {@link IllegalArgumentException}. */
    public Faults {
        requireProbability("loss", loss);
        requireProbability("duplicate", duplicate);
        requireProbability("reorder", reorder);
        requireProbability("corrupt", corrupt);
        requireProbability("truncate", truncate);
        if (minDelay.isNegative() || minDelay.compareTo(maxDelay) > 0 || maxDelay.compareTo(MAX_DELAY) > 0) {
            throw new IllegalArgumentException(
                    "delay from " + minDelay + " to " + maxDelay + " is not a range between nothing and an hour");
        }
    }

    /** Returns whether every datagram arrives once, whole and without delay. */
    public boolean isNone() {
        return loss == 0 && duplicate == 0 && reorder == 0 && corrupt == 0 && truncate == 0 && maxDelay.isZero();
    }

    /**
     * Puts the faults between a transport and its network, in both directions; returns the same transport if there are
     * none.
     *
     * <p>The transport belongs to the result, which closes it. The result keeps the rules of {@link Transport} with
     * this exception: to its sender, a datagram that is lost, delayed or held back has left. So a later failure to send
     * it is not reported, nor is a violation of rule 2.3, rule 2.4 or, for the address family, rule 2.5. Datagrams that
     * wait when the transport is closed are lost.
     */
    public Transport wrap(Transport transport) {
        return isNone() ? transport : new FaultyTransport(transport, this);
    }

    /**
     * Puts the faults between the transports of a provider and their network; returns the same provider if there are
     * none. Each transport gets another seed: otherwise the first datagrams of all exchanges would have the same
     * faults.
     */
    public TransportProvider wrap(TransportProvider provider) {
        return isNone() ? provider : new FaultyProvider(provider, this);
    }

    /** Returns the same faults with other random draws. */
    Faults withSeed(long other) {
        return new Faults(loss, duplicate, reorder, corrupt, truncate, minDelay, maxDelay, other);
    }

    private static void requireProbability(String name, double value) {
        if (!(value >= 0 && value <= 1)) { // The negation catches NaN too.
            throw new IllegalArgumentException(name + " " + value + " is not a probability (0 to 1)");
        }
    }
}
