package udp.server.guard;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Whatever comes, it is answered but for one datagram of a long prompt run; what never repeats is always answered. */
class LoopGuardPropertyTest {
    private record Step(int port, byte[] request, byte[] answer, long nanos) {}

    @Property
    void noTwoDatagramsOfAnySequenceAreRefusedWithinARun(@ForAll("sequences") List<Step> steps) {
        LoopGuard guard = new LoopGuard();
        int[] sinceRefusal = new int[4];
        long now = Long.MAX_VALUE - 100; // the monotonic clock may overflow
        for (int round = 0; round < 3 * LoopGuard.RUN / steps.size() + 1; round++) {
            for (Step step : steps) {
                InetSocketAddress peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), step.port());
                now += step.nanos();
                if (guard.allows(peer, ByteBuffer.wrap(step.request()), now)) {
                    sinceRefusal[step.port()]++;
                    guard.recordReply(peer, ByteBuffer.wrap(step.answer()));
                } else {
                    assertTrue(sinceRefusal[step.port()] >= 99, sinceRefusal[step.port()] + " answers");
                    sinceRefusal[step.port()] = 0;
                }
            }
        }
    }

    /** Such as a counter in the middle of a text that is the same otherwise. */
    @Property
    void aClientThatNeverRepeatsItselfIsNeverRefused(
            @ForAll @IntRange(min = 2, max = 1_024) int length,
            @ForAll @IntRange(max = 1_022) int at,
            @ForAll @LongRange(max = 49_000_000) long nanos) {
        LoopGuard guard = new LoopGuard();
        InetSocketAddress peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4_000);
        ByteBuffer request = ByteBuffer.allocate(length);
        ByteBuffer answer = ByteBuffer.allocate(length).put(0, (byte) 1);
        long now = 0;
        for (int i = 0; i < 2 * LoopGuard.RUN; i++) {
            request.putShort(Math.min(at, length - 2), (short) i);
            assertTrue(guard.allows(peer, request, now += nanos), "number " + i);
            guard.recordReply(peer, answer);
        }
    }

    @Provide
    Arbitrary<List<Step>> sequences() {
        Arbitrary<byte[]> few = Arbitraries.bytes()
                .between((byte) 0, (byte) 1)
                .array(byte[].class)
                .ofMaxSize(9);
        return Combinators.combine(
                        Arbitraries.integers().between(1, 3),
                        few,
                        few,
                        Arbitraries.longs().between(0, 100_000_000))
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }
}
