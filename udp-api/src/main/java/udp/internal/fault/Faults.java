package udp.internal.fault;

import java.time.Duration;
import udp.api.Transport;
import udp.api.spi.TransportProvider;

/**
 * What a bad network does to datagrams: rehearsed on a good one, and the same again for the same seed.
 *
 * <p>Each direction draws on its own. What happens to a datagram depends on its number in its direction, on the seed
 * and on the faults alone, and not on time: the draws are the same whatever came before and whatever the probabilities
 * are, so that one fault can be changed and the rest of the run stays. Datagrams that are refused with an exception
 * before they enter the network do not count. The moment at which a delayed datagram leaves, and what overtakes it
 * therefore, depends on time nevertheless. So does the one loss that is not drawn: a datagram that would have to wait
 * in 32 MiB of others of its direction is dropped, as a router does whose memory is full.
 *
 * @param loss how likely a datagram disappears; 0 to 1, as all probabilities
 * @param duplicate how likely it arrives twice, the second time right after the first and with the same faults
 * @param reorder how likely it is held back until a later one that is not held back has gone on, or for 50 ms if none
 *     has by then; this takes the place of its delay. 1 holds all back, and nothing overtakes
 * @param corrupt how likely one of its bits is flipped; an empty one has none
 * @param truncate how likely its end is lost; at least one byte is left, since a connected transport cannot send an
 *     empty datagram, and at least one is lost if there are two
 * @param leastDelay how long a datagram takes at least; on the way in counted from when receive finds it
 * @param mostDelay how long it takes at most, an hour or less; every time between is equally likely
 * @param seed where the draws begin; its lower 48 bits count, as in {@link java.util.Random}
 */
public record Faults(
        double loss,
        double duplicate,
        double reorder,
        double corrupt,
        double truncate,
        Duration leastDelay,
        Duration mostDelay,
        long seed) {
    private static final Duration LONGEST = Duration.ofHours(1); // before NONE, which is checked with it

    /** A network without faults. */
    public static final Faults NONE = new Faults(0, 0, 0, 0, 0, Duration.ZERO, Duration.ZERO, 0);

    /**
     * Checks the values.
     *
     * @param loss how likely a datagram disappears
     * @param duplicate how likely it arrives twice
     * @param reorder how likely it is held back
     * @param corrupt how likely one of its bits is flipped
     * @param truncate how likely its end is lost
     * @param leastDelay how long it takes at least
     * @param mostDelay how long it takes at most
     * @param seed where the draws begin
     * @throws IllegalArgumentException if a probability is not from 0 to 1, or the delays are negative, in the wrong
     *     order or more than an hour
     */
    public Faults {
        requireProbability("loss", loss);
        requireProbability("duplicate", duplicate);
        requireProbability("reorder", reorder);
        requireProbability("corrupt", corrupt);
        requireProbability("truncate", truncate);
        if (leastDelay.isNegative() || leastDelay.compareTo(mostDelay) > 0 || mostDelay.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "delay from " + leastDelay + " to " + mostDelay + " is not a range between nothing and an hour");
        }
    }

    /**
     * Whether these are no faults at all, whatever the seed is.
     *
     * @return true if every datagram arrives once, whole and at once
     */
    public boolean isNone() {
        return loss == 0 && duplicate == 0 && reorder == 0 && corrupt == 0 && truncate == 0 && mostDelay.isZero();
    }

    /**
     * Puts the faults between a transport and its network, in both directions.
     *
     * <p>The rules of {@link Transport} hold for the result too, but for one: a datagram that is lost, delayed or held
     * back has left as far as its sender can tell, and what the transport would have said against it goes unheard: rules
     * 2.3 and 2.4, in 2.5 what concerns the family, and a failure to send it later. What waits when the
     * transport is closed is lost.
     *
     * @param transport an open transport, which is used and closed by way of the result alone from now on
     * @return a transport with these faults; the same transport if there are none
     */
    public Transport around(Transport transport) {
        return isNone() ? transport : new FaultyTransport(transport, this);
    }

    /**
     * Puts the faults between the transports that a provider opens and their network. Each transport has draws of its
     * own, so that not all of them meet the same fate.
     *
     * @param provider the provider
     * @return a provider of transports with these faults; the same provider if there are none
     */
    public TransportProvider around(TransportProvider provider) {
        return isNone() ? provider : new FaultyProvider(provider, this);
    }

    /** The same faults, drawn anew. */
    Faults withSeed(long other) {
        return new Faults(loss, duplicate, reorder, corrupt, truncate, leastDelay, mostDelay, other);
    }

    private static void requireProbability(String name, double value) {
        if (!(value >= 0 && value <= 1)) { // written so that it catches NaN
            throw new IllegalArgumentException(name + " " + value + " is not a probability (0 to 1)");
        }
    }
}
