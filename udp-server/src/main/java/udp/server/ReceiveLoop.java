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
import udp.api.cli.Printable;
import udp.api.cli.Program;
import udp.api.spi.TransportConfig;

/** Receive, process, send, until told to stop. One thread runs it, any may stop it. */
final class ReceiveLoop {
    private static final int MOST_FAILURES = 11; // of receive in a row, 2 seconds in all
    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Transport transport;
    private final MessageProcessor processor;
    private final Counters counters = new Counters();
    private final ServerLog log = new ServerLog(System::nanoTime);
    // no datagram is larger, so none is cut (rule 1.3)
    private final ByteBuffer request = ByteBuffer.allocateDirect(TransportConfig.LARGEST_PAYLOAD);
    private final ByteBuffer answer = ByteBuffer.allocateDirect(TransportConfig.LARGEST_PAYLOAD);
    private final LoopGuard loops = new LoopGuard();
    private final SourceFilter sources;
    private volatile InetSocketAddress waker; // null until stopped

    ReceiveLoop(Transport transport, MessageProcessor processor) {
        this.transport = transport;
        this.processor = processor;
        this.sources = new SourceFilter(transport.localAddress());
    }

    Statistics statistics() {
        return counters.statistics();
    }

    /** Ends receiving after what is queued; a datagram from the given address, which is not counted, wakes the loop. */
    void stop(InetSocketAddress wakeUpFrom) {
        waker = wakeUpFrom;
    }

    boolean isStopped() {
        return waker != null;
    }

    /** Returns when it was stopped, and throws if receiving fails for good. */
    void run() throws IOException {
        try {
            while (!isStopped()) {
                exchange(receive());
            }
            answerWhatIsQueued();
        } catch (ClosedChannelException e) {
            if (!isStopped()) {
                throw e;
            }
        }
    }

    /** Waits, and if that fails tries again after 1, 2, 4, ... milliseconds, as long as it may pass. */
    private InetSocketAddress receive() throws IOException {
        for (int failures = 0; ; failures++) {
            try {
                return transport.receive(request.clear());
            } catch (ClosedChannelException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                if (failures == MOST_FAILURES || isStopped()) {
                    throw new IOException(
                            "receiving on " + Printable.address(transport.localAddress()) + " keeps failing: "
                                    + Program.text(e),
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
        if (peer.equals(waker)) {
            return;
        }
        counters.received();
        request.flip().order(ByteOrder.BIG_ENDIAN);
        if (sources.refuses(peer)) {
            counters.dropped(DropReason.SOURCE_REFUSED);
        } else if (!loops.allows(peer, request, System.nanoTime())) {
            counters.dropped(DropReason.LOOP_SUSPECTED);
        } else if (process(peer)) {
            send(peer);
        }
    }

    private boolean process(InetSocketAddress peer) {
        int room = TransportConfig.largestPayload(peer);
        answer.clear().order(ByteOrder.BIG_ENDIAN).limit(room);
        try {
            Outcome outcome = processor.process(request, answer, peer);
            if (answer.limit() != room) {
                throw new IllegalStateException("the processor changed the answer's limit (it must not flip)");
            }
            if (Objects.requireNonNull(outcome, "the processor returned no outcome") == Outcome.REPLY) {
                return true;
            }
            counters.dropped(DropReason.NO_REPLY);
        } catch (BufferOverflowException e) {
            drop(DropReason.ANSWER_TOO_LARGE, peer, e);
        } catch (Throwable e) { // checked ones too, which other languages let through
            drop(DropReason.PROCESSOR_FAILED, peer, e);
        } finally {
            Thread.interrupted(); // what a processor leaves behind would close the channel (rule 4.2)
        }
        return false;
    }

    private void send(InetSocketAddress peer) throws ClosedChannelException {
        answer.flip().order(ByteOrder.BIG_ENDIAN);
        loops.answered(peer, answer, System.nanoTime());
        try {
            transport.send(answer, peer);
            counters.answered();
        } catch (ClosedChannelException e) {
            drop(DropReason.SEND_FAILED, peer, e);
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            drop(DropReason.SEND_FAILED, peer, e);
        }
    }

    private void drop(DropReason reason, InetSocketAddress peer, Throwable cause) {
        counters.dropped(reason);
        log.dropped(reason, peer, cause);
    }
}
