package udp.internal.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The tests of each fault, with times that the test chooses. */
class FaultyLinkTest {
    private static final long MILLI = 1_000_000;
    private static final String PEER = "peer";
    private static final Faults DUPLICATE = faults(0, 1, 0, 0, 0, 0, 0);

    @Test
    void theRatesAreWhatWasAskedFor() {
        int[] seen = new int[5]; // lost, doubled, held back, corrupted, truncated
        FaultyLink<String> link = link(faults(0.1, 0.2, 0.3, 0.4, 0.5, 0, 0), 42);
        for (int i = 0; i < 10_000; i++) {
            FaultyLink.DelayedDatagram<String> first =
                    link.enter(new byte[100], PEER, 0).first();
            if (first == null) {
                seen[0]++;
                continue;
            }
            seen[2] += first.due() > 0 ? 1 : 0;
            seen[4] += first.bytes().length < 100 ? 1 : 0;
            seen[3] += new BigInteger(1, first.bytes()).bitCount();
            seen[1] += drain(link, Long.MAX_VALUE - 1).size() - 1;
        }
        // The numbers follow from the seed. Each is within three standard deviations of its expected value.
        assertArrayEquals(new int[] {1026, 1820, 2772, 3623, 4486}, seen);
    }

    @Test
    void equalSeedsGiveEqualFaultsAndOthersOthers() {
        Faults faults = faults(0.3, 0.3, 0.3, 0.3, 0.3, 1, 9);
        assertEquals(run(faults, 1, 1000), run(faults, 1, 1000));
        assertNotEquals(run(faults, 1, 1000), run(faults, 2, 1000));
    }

    @Test
    void oneFaultCanBeChangedAndTheOthersStay() {
        List<String> alone = run(faults(0.5, 0, 0, 0, 0, 0, 0), 3, 1000);
        List<String> among = run(faults(0.5, 0.9, 0.9, 0, 0, 1, 9), 3, 1000);
        assertEquals(alone, among.stream().distinct().sorted().toList());
        List<String> fewer = run(faults(0.2, 0, 0, 0, 0, 0, 0), 3, 1000);
        assertTrue(fewer.containsAll(alone) && fewer.size() > alone.size());
    }

    @Test
    void theSizeOfADatagramDoesNotChangeTheFaultsOfTheNext() {
        FaultyLink<String> small = link(faults(0.3, 0, 0, 1, 1, 0, 0), 5);
        FaultyLink<String> large = link(faults(0.3, 0, 0, 1, 1, 0, 0), 5);
        for (int i = 0; i < 1000; i++) {
            FaultyLink.Passage<String> one = small.enter(new byte[0], PEER, i);
            assertEquals(
                    one.first() == null, large.enter(new byte[9], PEER, 2 * i).first() == null);
        }
    }

    @Test
    void corruptionFlipsOneBitAnywhere() {
        FaultyLink<String> link = link(faults(0, 0, 0, 1, 0, 0, 0), 1);
        BigInteger all = BigInteger.ZERO;
        for (int i = 0; i < 500; i++) {
            BigInteger bits = new BigInteger(1, left(link, 4));
            assertEquals(1, bits.bitCount());
            all = all.or(bits);
        }
        assertEquals(32, all.bitCount());
    }

    @Test
    void truncationLeavesAPrefixOfAnyLength() {
        FaultyLink<String> link = link(faults(0, 0, 0, 0, 1, 0, 0), 1);
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            seen.add(text(link.enter("abcd".getBytes(ISO_8859_1), PEER, 0).first()));
        }
        assertEquals(
                List.of("a", "ab", "abc"), seen.stream().distinct().sorted().toList());
    }

    @Test
    void whatIsTruncatedIsCorruptedInWhatIsLeftAndSomethingIs() {
        FaultyLink<String> link = link(faults(0, 0, 0, 1, 1, 0, 0), 1);
        for (int i = 0; i < 500; i++) {
            byte[] bytes = left(link, 50);
            assertTrue(bytes.length < 50);
            assertEquals(1, new BigInteger(1, bytes).bitCount());
        }
        assertEquals(1, left(link, 1).length);
        assertEquals(0, left(link, 0).length);
    }

    @Test
    void delaysAreWithinTheirRangeAndDecideTheOrder() {
        FaultyLink<String> link = link(faults(0, 0, 0, 0, 0, 10, 20), 1);
        List<Long> dues = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            dues.add(link.enter(new byte[0], PEER, 5 * MILLI).first().due());
        }
        dues.sort(null);
        assertTrue(dues.get(0) >= 15 * MILLI && dues.get(0) < 16 * MILLI);
        assertTrue(dues.get(999) > 24 * MILLI && dues.get(999) < 25 * MILLI);
        assertEquals(dues.get(0) - 5, link.nanosToNext(5));
        assertNull(link.poll(dues.get(0) - 1));
        for (long due : dues) {
            assertEquals(due, link.poll(due).due());
        }
        assertEquals(FaultyLink.FOREVER, link.nanosToNext(5));
    }

    @Test
    void whatIsHeldBackIsOvertakenByTheNextThatIsNot() {
        FaultyLink<String> link = link(faults(0, 0, 0.5, 0, 0, 0, 0), 1);
        StringBuilder held = new StringBuilder();
        for (char c = 'a'; c <= 'z'; c++) {
            held.append(link.enter(new byte[] {(byte) c}, PEER, 0).first().due() > 0 ? Character.toUpperCase(c) : c);
        }
        assertEquals("ABCDEfGhiJKlMNOPQrSTUVwxyZ", held.toString());
        assertEquals("fabcdehgiljkrmnopqwstuvxy", pollAll(link, 0));
        assertEquals("z", pollAll(link, 50 * MILLI));
    }

    @Test
    void theLastOneIsHeldBackForALimitedTime() {
        FaultyLink<String> link = link(faults(0, 1, 1, 0, 0, 10, 10), 1);
        enter(link, "a", 7);
        enter(link, "b", 8);
        assertEquals(50 * MILLI, link.nanosToNext(7));
        assertNull(link.poll(50 * MILLI + 6));
        assertEquals("aa", pollAll(link, 50 * MILLI + 7));
        assertEquals("bb", pollAll(link, 50 * MILLI + 8));
    }

    @Test
    void whoOvertakesMayBeSlowerThanTheTimeLimit() {
        FaultyLink<String> link = link(faults(0, 0, 0.5, 0, 0, 100, 100), 1);
        enter(link, "abcdef", 0); // All but the last are held back.
        assertEquals("", pollAll(link, 50 * MILLI - 1));
        assertEquals("abcde", pollAll(link, 50 * MILLI));
        assertEquals("f", pollAll(link, 100 * MILLI));
    }

    @Test
    void emptyDatagramsTakeRoomToo() {
        FaultyLink<String> link = link(faults(0, 0, 0, 0, 0, 1, 1), 1);
        int entered = 0;
        while (link.enter(new byte[0], PEER, 0).first() != null) {
            entered++;
        }
        assertEquals(FaultyLink.MAX_BYTES / 128, entered);
    }

    @Test
    void droppingTakesTheCopiesAndNothingElse() {
        FaultyLink<String> link = link(DUPLICATE, 1);
        enter(link, "abc", 0);
        link.drop(link.poll(0));
        assertEquals("bbcc", pollAll(link, 0)); // Without a delay, the order stays.
        for (int i = 0; i < 2 * FaultyLink.MAX_BYTES >> 20; i++) { // Its room is free again.
            assertNotNull(link.enter(new byte[1 << 20], PEER, 0).first());
            link.drop(link.poll(0));
        }
    }

    @Test
    void whatDoesNotFitIntoMemoryIsLostUntilThereIsRoom() {
        FaultyLink<String> link = link(faults(0, 0, 0, 0, 0, 1, 1), 1);
        byte[] large = new byte[1 << 20];
        int entered = 0;
        while (link.enter(large, PEER, 0).first() != null) {
            entered++;
        }
        assertEquals(FaultyLink.MAX_BYTES / large.length, entered);
        assertSame(large, link.poll(MILLI).bytes());
        assertNotNull(link.enter(large, PEER, 0).first());
        assertNull(link.enter(large, PEER, 0).first());
    }

    @Test
    void aScriptedFateIsThatOfItsDatagramAlone() {
        Chances lost = new Chances(1, 0, 0, 0, 0, Duration.ZERO, Duration.ZERO);
        Chances late = new Chances(0, 0, 0, 0, 0, Duration.ofMillis(150), Duration.ofMillis(150));
        FaultyLink<String> link = new FaultyLink<>(LinkFaults.of(Chances.NONE, Map.of(2, lost, 3, late, 9, lost)), 1);
        List<String> fates = new ArrayList<>();
        for (byte b : "abcd".getBytes(ISO_8859_1)) {
            FaultyLink.Passage<String> passage = link.enter(new byte[] {b}, PEER, 0);
            fates.add(passage.number() + " " + passage.fate());
        }
        assertEquals(List.of("1 delivered", "2 lost", "3 late 150 ms", "4 delivered"), fates);
        assertEquals("ad", pollAll(link, 149 * MILLI));
        assertEquals("c", pollAll(link, 150 * MILLI));
    }

    /** A cap takes losses away and changes nothing else, so that a run stays the same but for them. */
    @Property
    void aCapOnBurstsIsKeptAndChangesNoOtherFault(
            @ForAll @DoubleRange(min = 0, max = 1) double loss, @ForAll @IntRange(max = 5) int cap, @ForAll long seed) {
        Chances chances = new Chances(loss, 0.3, 0.3, 0.3, 0, Duration.ZERO, Duration.ofMillis(9));
        FaultyLink<String> free = new FaultyLink<>(LinkFaults.of(chances, Map.of()), seed);
        FaultyLink<String> capped =
                new FaultyLink<>(new LinkFaults(chances, Map.of(), cap, TimeSpan.NONE, Bandwidth.UNLIMITED), seed);
        int burst = 0;
        for (int i = 0; i < 200; i++) {
            String fate = capped.enter(new byte[9], PEER, i).fate();
            String before = free.enter(new byte[9], PEER, i).fate();
            assertTrue(fate.equals(before) || before.equals(FaultyLink.LOST) && burst == cap, fate + " " + before);
            burst = fate.equals(FaultyLink.LOST) ? burst + 1 : 0;
            assertTrue(burst <= cap);
        }
    }

    @Test
    void inABlackholeNothingEntersAndWhatIsOnItsWayArrives() {
        Chances late = new Chances(0, 0, 0, 0, 0, Duration.ofMillis(1), Duration.ofMillis(1));
        TimeSpan third = new TimeSpan(Duration.ofNanos(2), Duration.ofNanos(3));
        FaultyLink<String> link = new FaultyLink<>(new LinkFaults(late, Map.of(), 9, third, Bandwidth.UNLIMITED), 1);
        List<String> fates = new ArrayList<>();
        for (int now = 1; now < 4; now++) {
            fates.add(link.enter(new byte[] {(byte) ('0' + now)}, PEER, now).fate());
        }
        assertEquals(List.of("late 1 ms", "dropped: blackhole", "late 1 ms"), fates);
        assertEquals("13", pollAll(link, 2 * MILLI));
    }

    @Test
    void aLineTakesOneAfterTheOtherAndDropsWhatFindsItsQueueFull() {
        FaultyLink<String> link = new FaultyLink<>(
                new LinkFaults(Chances.NONE, Map.of(), 9, TimeSpan.NONE, new Bandwidth(1_000_000, 2)), 1);
        List<String> fates = new ArrayList<>();
        for (long millis : new long[] {0, 0, 0, 0, 8, 8, 100}) { // With its headers, a datagram is 8 ms on the line.
            fates.add(link.enter(new byte[1000 - 28], PEER, millis * MILLI).fate());
        }
        assertEquals(
                "late 8 ms; late 16 ms; late 24 ms; dropped: queue full; late 24 ms; dropped: queue full; late 8 ms",
                String.join("; ", fates));
    }

    /** Returns what comes out if a datagram enters in each nanosecond. */
    private static List<String> run(Faults faults, long seed, int count) {
        FaultyLink<String> link = link(faults, seed);
        for (int i = 0; i < count; i++) {
            link.enter(String.format(Locale.ROOT, "datagram %04d", i).getBytes(ISO_8859_1), PEER, i);
        }
        return drain(link, 1 << 30).stream().map(FaultyLinkTest::text).toList();
    }

    private static List<FaultyLink.DelayedDatagram<String>> drain(FaultyLink<String> link, long now) {
        return Stream.generate(() -> link.poll(now)).takeWhile(Objects::nonNull).toList();
    }

    private static byte[] left(FaultyLink<String> link, int length) {
        return link.enter(new byte[length], PEER, 0).first().bytes();
    }

    private static FaultyLink<String> link(Faults faults, long seed) {
        return new FaultyLink<>(faults.fromClients(), seed);
    }

    private static void enter(FaultyLink<String> link, String each, long now) {
        for (byte b : each.getBytes(ISO_8859_1)) {
            link.enter(new byte[] {b}, PEER, now);
        }
    }

    private static String pollAll(FaultyLink<String> link, long now) {
        return drain(link, now).stream().map(FaultyLinkTest::text).collect(Collectors.joining());
    }

    private static String text(FaultyLink.DelayedDatagram<String> datagram) {
        return new String(datagram.bytes(), ISO_8859_1);
    }

    private static Faults faults(
            double loss, double duplicate, double reorder, double corrupt, double truncate, int least, int most) {
        return new Faults(
                loss, duplicate, reorder, corrupt, truncate, Duration.ofMillis(least), Duration.ofMillis(most), 0);
    }
}
