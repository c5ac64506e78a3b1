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

/** Of any requests, at most one of a long run without pause is refused. Requests that never repeat are never refused. */
class LoopGuardPropertyTest {
    private record Step(int port, byte[] request, byte[] reply, long nanos) {}

    @Property
    void noTwoRequestsOfARunAreRefused(@ForAll("sequences") List<Step> steps) {
        LoopGuard guard = new LoopGuard();
        int[] sinceRefusal = new int[4];
        long now = Long.MAX_VALUE - 100; // The monotonic clock may overflow.
        for (int round = 0; round < 3 * LoopGuard.RUN / steps.size() + 1; round++) {
            for (Step step : steps) {
                InetSocketAddress peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), step.port());
                now += step.nanos();
                if (guard.allows(peer, ByteBuffer.wrap(step.request()), now)) {
                    sinceRefusal[step.port()]++;
                    guard.recordReply(peer, ByteBuffer.wrap(step.reply()));
                } else {
                    assertTrue(sinceRefusal[step.port()] >= 99, sinceRefusal[step.port()] + " replies");
                    sinceRefusal[step.port()] = 0;
                }
            }
        }
    }

    /** The requests differ in a number at any place. */
    @Property
    void aClientThatNeverRepeatsItselfIsNeverRefused(
            @ForAll @IntRange(min = 2, max = 1_024) int length,
            @ForAll @IntRange(max = 1_022) int at,
            @ForAll @LongRange(max = 49_000_000) long nanos) {
        LoopGuard guard = new LoopGuard();
        InetSocketAddress peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4_000);
        ByteBuffer request = ByteBuffer.allocate(length);
        ByteBuffer reply = ByteBuffer.allocate(length).put(0, (byte) 1);
        long now = 0;
        for (int i = 0; i < 2 * LoopGuard.RUN; i++) {
            request.putShort(Math.min(at, length - 2), (short) i);
            assertTrue(guard.allows(peer, request, now += nanos), "number " + i);
            guard.recordReply(peer, reply);
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
