package udp.server;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import udp.api.MessageProcessor;
import udp.api.MessageProcessor.Outcome;
import udp.api.Transport;

/** Receive, process, send, until told to stop. One thread runs it, any may stop it. */
final class ReceiveLoop {
    private static final int LARGEST_IPV4 = 65_507; // 65,535 less the headers of IP (20) and UDP (8)
    private static final int LARGEST_IPV6 = 65_527; // the payload length does not count IPv6's own header
    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Transport transport;
    private final MessageProcessor processor;
    private final Counters counters = new Counters();
    private final DropLog log = new DropLog();
    private final ByteBuffer request = ByteBuffer.allocateDirect(LARGEST_IPV6); // no datagram is larger (rule 1.3)
    private final ByteBuffer answer = ByteBuffer.allocateDirect(LARGEST_IPV6);
    private volatile InetSocketAddress waker; // null until stopped

    ReceiveLoop(Transport transport, MessageProcessor processor) {
        this.transport = transport;
        this.processor = processor;
    }

    Statistics statistics() {
        return counters.statistics();
    }

    /** Ends receiving after what is queued; a datagram from the given address, which is not counted, wakes the loop. */
    void stop(InetSocketAddress wakeUpFrom) {
        waker = wakeUpFrom;
    }

    /** Returns when it was stopped or the transport was closed. */
    void run() throws IOException {
        try {
            while (waker == null) {
                exchange(transport.receive(request.clear()));
            }
            answerWhatIsQueued();
        } catch (ClosedChannelException e) {
            // closed by whoever stops the server
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

    private void exchange(InetSocketAddress peer) throws IOException {
        if (peer.equals(waker)) {
            return;
        }
        counters.received();
        if (process(peer)) {
            send(peer);
        }
    }

    private boolean process(InetSocketAddress peer) {
        answer.clear().limit(peer.getAddress() instanceof Inet6Address ? LARGEST_IPV6 : LARGEST_IPV4);
        try {
            if (processor.process(request.flip(), answer, peer) == Outcome.REPLY) {
                return true;
            }
            counters.dropped(DropReason.NO_REPLY);
        } catch (BufferOverflowException e) {
            drop(DropReason.ANSWER_TOO_LARGE, peer, e);
        } catch (RuntimeException | Error e) {
            // one datagram must not end the server, whatever the processor makes of it
            drop(DropReason.PROCESSOR_FAILED, peer, e);
        }
        return false;
    }

    private void send(InetSocketAddress peer) throws IOException {
        try {
            transport.send(answer.flip(), peer);
            counters.answered();
        } catch (ClosedChannelException e) {
            drop(DropReason.SEND_FAILED, peer, e);
            throw e;
        } catch (IOException | RuntimeException e) {
            drop(DropReason.SEND_FAILED, peer, e);
        }
    }

    private void drop(DropReason reason, InetSocketAddress peer, Throwable cause) {
        counters.dropped(reason);
        log.dropped(reason, peer, cause);
    }
}
