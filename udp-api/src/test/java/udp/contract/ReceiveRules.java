package udp.contract;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

abstract class ReceiveRules extends TransportRules {
    ReceiveRules(TransportContract contract) {
        super(contract);
    }

    @Verifies(value = Rule.T1_1, cause = "took the whole buffer instead of the datagram's length")
    void rule_1_1_thePositionMovesBehindTheDatagram() throws Exception {
        peerSends("hello");
        ByteBuffer buffer = ByteBuffer.allocate(20).position(3).limit(18);
        receive(buffer);
        KitAssertions.equal("the position to move from 3, by 5 bytes, to", 8, buffer.position());
        KitAssertions.bytes("the bytes around the datagram to be", text("\0\0\0hello\0\0"), slice(buffer, 0, 10));
    }

    @Verifies(value = Rule.T1_1, cause = "flipped the buffer, which is the caller's part")
    void rule_1_1_theLimitStays() throws Exception {
        peerSends("hello");
        ByteBuffer buffer = ByteBuffer.allocate(20).position(3).limit(18);
        receive(buffer);
        KitAssertions.equal("the limit to stay", 18, buffer.limit());
    }

    @Verifies(value = Rule.T1_1, cause = "returned an address of its own making instead of the packet's")
    void rule_1_1_theSenderIsReturned() throws Exception {
        peerSends("hello");
        KitAssertions.equal("the sender to be", peer.address(), receive(ByteBuffer.allocate(20)));
        peerSends("hello");
        KitAssertions.equal("the sender to be", peer.address(), receive(ByteBuffer.allocate(20), LONG));
    }

    @Verifies(value = Rule.T1_1, cause = "used array() without arrayOffset() and position(), or where there is none")
    void rule_1_1_everyKindOfBufferIsFilled() throws Exception {
        for (ByteBuffer whole : new ByteBuffer[] {ByteBuffer.allocate(30), ByteBuffer.allocateDirect(30)}) {
            ByteBuffer buffer = whole.position(7).slice().position(2);
            peerSends("hello");
            receive(buffer, LONG);
            KitAssertions.bytes(
                    "a sliced " + (whole.isDirect() ? "direct" : "heap") + " buffer to hold",
                    text("hello"),
                    slice(whole, 9, 14));
        }
    }

    @Verifies(value = Rule.T1_1, cause = "received into an array of its own that is smaller than a datagram can be")
    void rule_1_1_everySizeArrivesWhole() throws Exception {
        ByteBuffer buffer = ByteBuffer.allocateDirect(65_535);
        for (int size : SendRules.SIZES) {
            byte[] bytes = new byte[size];
            new Random(size).nextBytes(bytes);
            peer.send(bytes, transport.localAddress());
            receive(buffer.clear(), LONG);
            KitAssertions.equal("the size of the datagram to be", size, buffer.position());
            KitAssertions.bytes("the datagram to be", bytes, slice(buffer, 0, size));
        }
    }

    @Verifies(value = Rule.T1_1, cause = "kept bytes of the datagram before in a buffer that is used again")
    void rule_1_1_nothingIsLeftOfTheDatagramBefore() throws Exception {
        peerSends("a long one");
        receive(ByteBuffer.allocate(20));
        peerSends("hi");
        ByteBuffer buffer = ByteBuffer.allocate(20);
        receive(buffer);
        KitAssertions.bytes("a short datagram after a long one to be", text("hi"), slice(buffer, 0, buffer.position()));
    }

    @Verifies(value = Rule.T1_2, cause = "took a length of 0, or -1 from read(), for the end of a stream")
    void rule_1_2_anEmptyDatagramHasASenderAndIsNotTheEnd() throws Exception {
        for (Duration limit : new Duration[] {null, LONG}) {
            peerSends("");
            peerSends("next");
            ByteBuffer buffer = ByteBuffer.allocate(10);
            InetSocketAddress sender = limit == null ? receive(buffer) : receive(buffer, limit);
            KitAssertions.equal("the sender of an empty datagram to be", peer.address(), sender);
            KitAssertions.bytes("the datagram to be", new byte[0], slice(buffer, 0, buffer.position()));
            receive(buffer, LONG);
            KitAssertions.bytes(
                    "the datagram after an empty one to be", text("next"), slice(buffer, 0, buffer.position()));
        }
    }

    @Verifies(value = Rule.T1_3, cause = "kept the rest for the next receive, as a stream would, or threw")
    void rule_1_3_whatDoesNotFitIsDiscarded() throws Exception {
        peerSends("0123456789");
        peerSends("next");
        ByteBuffer buffer = ByteBuffer.allocate(4);
        receive(buffer);
        KitAssertions.bytes("what fits of ten bytes to be", text("0123"), slice(buffer, 0, 4));
        receive(buffer.clear(), LONG);
        KitAssertions.bytes("the next datagram to be", text("next"), slice(buffer, 0, 4));
    }

    @Verifies(value = Rule.T1_3, cause = "did not call the socket because there was no room")
    void rule_1_3_aFullBufferTakesADatagramAndDiscardsAllOfIt() throws Exception {
        peerSends("lost");
        KitAssertions.equal("the sender of what does not fit to be", peer.address(), receive(ByteBuffer.allocate(0)));
    }

    @Verifies(value = Rule.T1_4, cause = "passed 0 on to setSoTimeout or select, where it means forever")
    void rule_1_4_zeroDoesNotWait() throws Exception {
        ByteBuffer buffer = ByteBuffer.allocate(10);
        KitAssertions.equal("receive with no datagram there to return", null, receive(buffer, Duration.ZERO));
        KitAssertions.equal("the position to stay", 0, buffer.position());
    }

    @Verifies(value = Rule.T1_4, cause = "returned null for a time of zero without a look at the socket")
    void rule_1_4_zeroTakesWhatHasArrived() throws Exception {
        peerSends("x");
        long end = System.nanoTime() + LONG.toNanos();
        InetSocketAddress sender;
        do { // loopback delivers at once, but nothing promises it
            sender = receive(ByteBuffer.allocate(10), Duration.ZERO);
        } while (sender == null && System.nanoTime() < end);
        KitAssertions.equal("the sender of what has arrived to be", peer.address(), sender);
    }

    @Verifies(value = Rule.T1_5, cause = "ignored the time limit, or threw instead of returning null")
    void rule_1_5_nullWhenTheTimeIsOverAndNotBefore() throws Exception {
        for (int millis : new int[] {1, 20, 100}) {
            long start = System.nanoTime();
            KitAssertions.equal(
                    "receive with no datagram there to return",
                    null,
                    receive(ByteBuffer.allocate(10), Duration.ofMillis(millis)));
            long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
            KitAssertions.that(
                    micros >= millis * 1000L, "a wait of " + millis + " ms", "it was one of " + micros + " µs");
        }
    }

    @Verifies(value = Rule.T1_5, cause = "left the limit set in the socket (setSoTimeout)")
    void rule_1_5_aLimitOnOneReceiveIsNoneOnTheNext() throws Exception {
        receive(ByteBuffer.allocate(10), Duration.ofMillis(1));
        FutureTask<InetSocketAddress> receive =
                KitAssertions.inThread(() -> transport.receive(ByteBuffer.allocate(10)));
        try {
            receive.get(50, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // it waits
        }
        KitAssertions.that(!receive.isDone(), "receive without a limit to wait after one with a limit", "it ended");
        peerSends("x");
        KitAssertions.equal("the sender to be", peer.address(), KitAssertions.result("receive to return", receive));
    }

    @Verifies(value = Rule.T1_5, cause = "overflowed in converting the time to nanoseconds or milliseconds")
    void rule_1_5_aTimeBeyondAllClocksIsAccepted() throws Exception {
        peerSends("x");
        Duration forever = Duration.ofSeconds(Long.MAX_VALUE);
        KitAssertions.equal(
                "the sender, with a time limit of " + forever + ", to be",
                peer.address(),
                KitAssertions.within("receive to return", () -> transport.receive(ByteBuffer.allocate(10), forever)));
    }
}
