package udp.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import udp.api.MessageProcessor;
import udp.api.MessageProcessor.Outcome;
import udp.api.Transport;
import udp.internal.jfr.FlightEvents;
import udp.internal.net.Addresses;
import udp.internal.text.Printable;
import udp.server.guard.LoopGuard;
import udp.server.guard.RateLimit;
import udp.server.guard.SourceFilter;
import udp.server.monitor.Counters;
import udp.server.monitor.DropReason;
import udp.server.monitor.ServerLog;
import udp.server.monitor.Statistics;

/** Receive, process, send, until told to stop. One thread. */
final class ReceiveLoop {
    private static final int MOST_FAILURES = 11; // of receive in a row, 2 seconds in all
    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final MessageProcessor processor;
    private final RateLimit limit;
    private final StopSignal wakeUp;
    private final Counters counters = new Counters();
    // no datagram is larger, so none is cut (rule 1.3)
    private final ByteBuffer request = ByteBuffer.allocateDirect(Addresses.MAX_PAYLOAD);
    private final ByteBuffer answer = ByteBuffer.allocateDirect(Addresses.MAX_PAYLOAD);
    private final LoopGuard loops = new LoopGuard();
    private final SourceFilter sources;
    private final ServerLog log;
    private Transport transport;

    ReceiveLoop(SourceFilter sources, RateLimit limit, MessageProcessor processor, StopSignal wakeUp, ServerLog log) {
        this.processor = processor;
        this.limit = limit;
        this.wakeUp = wakeUp;
        this.sources = sources;
        this.log = log;
    }

    /** May be read by any thread. */
    Statistics statistics() {
        return counters.statistics();
    }

    /** Returns when it was told to stop and what was queued is answered, and throws if receiving fails for good. */
    void run(Transport on) throws IOException {
        transport = on;
        try {
            while (!wakeUp.isRequested()) {
                exchange(receive());
            }
            answerWhatIsQueued();
        } catch (IOException e) { // a server that ends anyway has nothing to complain about
            if (!wakeUp.isRequested()) {
                throw e;
            }
        }
    }

    void reportReplaced(IOException cause) {
        log.replaced(transport.localAddress(), cause);
    }

    /** Waits, and if that fails tries again after 1, 2, 4, ... milliseconds, as long as it may pass. */
    private InetSocketAddress receive() throws IOException {
        for (int failures = 0; ; failures++) {
            try {
                return transport.receive(request.clear());
            } catch (ClosedChannelException e) {
                throw e;
            } catch (IOException | RuntimeException | Error e) { // such as want of memory
                if (failures == MOST_FAILURES || wakeUp.isRequested()) {
                    throw new IOException(
                            "receiving on " + Printable.address(transport.localAddress()) + " keeps failing: "
                                    + Printable.failure(e),
                            e);
                }
                log.receiveFailed(e);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1L << failures));
            }
        }
    }

    private void answerWhatIsQueued() throws IOException {
        long start = System.nanoTime();
        InetSocketAddress peer;
        while (System.nanoTime() - start < DRAIN_NANOS
                && (peer = transport.receive(request.clear(), Duration.ZERO)) != null) {
            exchange(peer);
        }
    }

    private void exchange(InetSocketAddress peer) throws ClosedChannelException {
        if (wakeUp.sentFrom(peer)) {
            return;
        }
        counters.received();
        request.flip().order(ByteOrder.BIG_ENDIAN);
        FlightEvents.received(peer, request.limit());
        long now = System.nanoTime();
        if (sources.refuses(peer)) {
            drop(DropReason.SOURCE_REFUSED, peer);
        } else if (!limit.allows(peer, now)) {
            drop(DropReason.RATE_LIMITED, peer);
        } else if (!loops.allows(peer, request, now)) {
            drop(DropReason.LOOP_SUSPECTED, peer);
        } else {
            Object event = FlightEvents.exchange();
            boolean answered = process(peer) && send(peer);
            FlightEvents.exchanged(event, peer, answered, 0);
        }
    }

    private boolean process(InetSocketAddress peer) {
        int room = Addresses.maxPayload(peer);
        answer.clear().order(ByteOrder.BIG_ENDIAN).limit(room);
        try {
            Outcome outcome = processor.process(request, answer, peer);
            if (answer.limit() != room) {
                throw new IllegalStateException("the processor changed the answer's limit (it must not flip)");
            }
            if (Objects.requireNonNull(outcome, "the processor returned no outcome") == Outcome.REPLY) {
                return true;
            }
            drop(DropReason.NO_REPLY, peer);
        } catch (BufferOverflowException e) {
            drop(DropReason.ANSWER_TOO_LARGE, peer, e);
        } catch (Throwable e) { // checked ones too, which other languages let through
            drop(DropReason.PROCESSOR_FAILED, peer, e);
        } finally {
            Thread.interrupted(); // what a processor leaves behind would close the channel (rule 4.2)
        }
        return false;
    }

    private boolean send(InetSocketAddress peer) throws ClosedChannelException {
        answer.flip().order(ByteOrder.BIG_ENDIAN);
        loops.answered(peer, answer);
        try {
            transport.send(answer, peer);
            counters.answered();
            FlightEvents.sent(peer, answer.limit());
            return true;
        } catch (ClosedChannelException e) {
            drop(DropReason.SEND_FAILED, peer, e);
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            drop(DropReason.SEND_FAILED, peer, e);
        }
        return false;
    }

    private void drop(DropReason reason, InetSocketAddress peer, Throwable cause) {
        drop(reason, peer);
        log.dropped(reason, peer, cause);
    }

    private void drop(DropReason reason, InetSocketAddress peer) {
        counters.dropped(reason);
        FlightEvents.dropped(peer, request.limit(), reason);
    }
}
