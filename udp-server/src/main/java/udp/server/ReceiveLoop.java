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
import udp.api.MessageProcessor;
import udp.api.MessageProcessor.Outcome;
import udp.api.Transport;
import udp.internal.net.Addresses;
import udp.internal.net.NanoClock;
import udp.internal.text.Printable;
import udp.server.guard.Guards;
import udp.server.monitor.Observer;
import udp.server.statistics.DropReason;

/** Serves one socket: receives a request, lets the guards check it, processes it, sends the reply. One thread. */
final class ReceiveLoop {
    private static final int MAX_FAILURES = 11; // in a row; their pauses are 2 seconds in all
    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    final Observer observer;
    NanoClock clock = NanoClock.SYSTEM; // A simulation has another.
    private final MessageProcessor processor;
    private final Guards guards;
    private final StopSignal stop;
    // No datagram is larger, so none is truncated (rule 1.3).
    private final ByteBuffer request = ByteBuffer.allocateDirect(Addresses.MAX_PAYLOAD);
    private final ByteBuffer reply = ByteBuffer.allocateDirect(Addresses.MAX_PAYLOAD);
    private Transport transport;

    ReceiveLoop(MessageProcessor processor, Guards guards, Observer observer, StopSignal stop) {
        this.processor = processor;
        this.guards = guards;
        this.observer = observer;
        this.stop = stop;
    }

    /** Serves requests until it is told to stop and has replied to those that are queued, or until receiving fails. */
    void run(Transport bound) throws IOException {
        transport = bound;
        try {
            while (!stop.isRequested()) {
                serve(receive());
            }
            drain();
        } catch (IOException e) {
            if (!stop.isRequested()) { // A server that stops has closed the transport itself.
                throw e;
            }
        }
    }

    private void serve(InetSocketAddress peer) throws ClosedChannelException {
        if (stop.isSource(peer)) {
            return;
        }
        request.flip().order(ByteOrder.BIG_ENDIAN);
        observer.recordReceived(peer, request.limit());
        DropReason refusal = guards.check(peer, request);
        if (refusal != null) {
            observer.recordRefused(peer, refusal);
        } else if (process(peer)) {
            reply(peer);
        }
    }

    /** Waits for a request. After a failure it tries again in 1, 2, 4, ... milliseconds, since the failure may pass. */
    private InetSocketAddress receive() throws IOException {
        for (int failures = 0; ; failures++) {
            try {
                return transport.receive(request.clear());
            } catch (ClosedChannelException e) {
                throw e;
            } catch (IOException | RuntimeException | Error e) { // such as an OutOfMemoryError
                if (failures == MAX_FAILURES || stop.isRequested()) {
                    throw new IOException(
                            "receiving on " + Printable.address(transport.localAddress()) + " keeps failing: "
                                    + Printable.failure(e),
                            e);
                }
                observer.recordReceiveFailed(e);
                clock.pause(TimeUnit.MILLISECONDS.toNanos(1L << failures));
            }
        }
    }

    private boolean process(InetSocketAddress peer) {
        int room = Addresses.maxPayload(peer);
        reply.clear().order(ByteOrder.BIG_ENDIAN).limit(room);
        try {
            Outcome outcome = Objects.requireNonNull(
                    processor.process(request, reply, peer), "the processor returned no outcome");
            if (reply.limit() != room) {
                throw new IllegalStateException("the processor changed the reply's limit (it must not flip)");
            }
            if (outcome == Outcome.REPLY) {
                return true;
            }
            observer.recordDropped(peer, DropReason.NO_REPLY);
        } catch (BufferOverflowException e) {
            observer.recordFailed(peer, DropReason.REPLY_TOO_LARGE, e);
        } catch (Throwable e) { // Other languages let checked exceptions through.
            observer.recordFailed(peer, DropReason.PROCESSOR_FAILED, e);
        } finally {
            Thread.interrupted(); // An interrupt that the processor leaves behind would close the channel (rule 4.2).
        }
        return false;
    }

    private void reply(InetSocketAddress peer) throws ClosedChannelException {
        reply.flip().order(ByteOrder.BIG_ENDIAN);
        guards.recordReply(peer, reply);
        try {
            transport.send(reply, peer);
            observer.recordReplied(peer, reply.limit());
        } catch (IOException | RuntimeException | Error e) {
            observer.recordFailed(peer, DropReason.SEND_FAILED, e);
            if (e instanceof ClosedChannelException closed) {
                throw closed;
            }
        }
    }

    /** Serves the requests that are queued, for at most a second. */
    private void drain() throws IOException {
        long end = clock.nanoTime() + DRAIN_NANOS;
        InetSocketAddress peer;
        while (clock.nanoTime() - end < 0 && (peer = transport.receive(request.clear(), Duration.ZERO)) != null) {
            serve(peer);
        }
    }
}
