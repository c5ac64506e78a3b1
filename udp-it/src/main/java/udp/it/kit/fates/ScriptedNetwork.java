package udp.it.kit.fates;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import udp.contract.KitAssertions;
import udp.contract.Peer;
import udp.internal.fault.Faults;
import udp.internal.fault.FaultyLink;
import udp.internal.fault.FaultyLink.DelayedDatagram;
import udp.internal.net.Addresses;
import udp.internal.trace.Call;
import udp.internal.trace.Step;

/**
 * A bad network between a checked program and a server, which is the kit or another checked program. It names the
 * datagrams as the relay does, and keeps what came and what went, for the verdict and for the diagram.
 */
final class ScriptedNetwork implements Closeable {
    private static final long MAX_WAIT_MILLIS = 10;
    private static final int MAX_STEPS = 400;
    private static final String PROGRAM = "udp-it proxy"; // The diagram knows the program of this name as a network.

    /** The addresses of the kit's server in the diagram: it has no socket. */
    private static final InetSocketAddress BACK =
            new InetSocketAddress(Addresses.loopback(StandardProtocolFamily.INET), 2);

    private static final InetSocketAddress SERVER =
            new InetSocketAddress(Addresses.loopback(StandardProtocolFamily.INET), 1);

    /** A datagram that entered the network: its name, its fate, and the datagram that it replies to, or null. */
    record Entered(String name, byte[] bytes, InetSocketAddress client, long nanos, String fate, Entered request) {
        /** Returns whether it arrived at once and whole. */
        boolean isPrompt() {
            return fate.equals("delivered") || fate.equals("twice");
        }
    }

    /** A reply that left the network, at a time. */
    record Left(Entered reply, long nanos) {}

    private final Peer front;
    private final Peer back; // Null if the kit is the server.
    private final InetSocketAddress receiver;
    private final UnaryOperator<byte[]> server;
    private final FaultyLink<InetSocketAddress> toServer;
    private final FaultyLink<InetSocketAddress> toClient;
    private final List<Entered> requests = new ArrayList<>();
    private final CompletableFuture<Void> firstRequest = new CompletableFuture<>();
    private final List<Entered> replies = new ArrayList<>();
    private final List<Left> left = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<FutureTask<Void>> threads = new ArrayList<>();
    private final long start = System.nanoTime();
    private volatile boolean isEnding;

    /** Starts a network in front of the kit's server, which returns the reply to a request, or null. */
    ScriptedNetwork(Peer front, Faults faults, UnaryOperator<byte[]> server) {
        this(front, null, SERVER, faults, server);
    }

    /** Starts a network in front of a program that receives. */
    ScriptedNetwork(Peer front, Peer back, InetSocketAddress receiver, Faults faults) {
        this(front, back, receiver, faults, null);
    }

    private ScriptedNetwork(
            Peer front, Peer back, InetSocketAddress receiver, Faults faults, UnaryOperator<byte[]> server) {
        this.front = front;
        this.back = back;
        this.receiver = receiver;
        this.server = server;
        toServer = new FaultyLink<>(faults.fromClients(), faults.seed());
        toClient = new FaultyLink<>(faults.fromServer(), faults.seed() + 1);
        threads.add(KitAssertions.inThread(() -> relay(front)));
        if (back != null) {
            threads.add(KitAssertions.inThread(() -> relay(back)));
        }
    }

    /** Returns what completes when the program has sent a datagram. */
    CompletableFuture<Void> firstRequest() {
        return firstRequest;
    }

    /** Returns the datagrams from the program, in their order. */
    synchronized List<Entered> requests() {
        return List.copyOf(requests);
    }

    synchronized List<Entered> replies() {
        return List.copyOf(replies);
    }

    synchronized List<Left> left() {
        return List.copyOf(left);
    }

    synchronized List<Step> steps() {
        return List.copyOf(steps);
    }

    /** Takes what has been sent already, and no more. */
    void end() throws InterruptedException {
        isEnding = true;
        for (FutureTask<Void> thread : threads) {
            try {
                thread.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("the kit's network failed: " + e.getCause(), e);
            }
        }
    }

    @Override
    public void close() {
        isEnding = true;
        front.close();
        if (back != null) {
            back.close();
        }
    }

    private Void relay(Peer from) throws IOException {
        boolean isOver = false;
        while (!isOver) {
            boolean wasEnding = isEnding;
            Peer.ReceivedDatagram datagram = from.receive(wait(wasEnding));
            pass(from, datagram);
            isOver = wasEnding && datagram == null;
        }
        return null;
    }

    private synchronized long wait(boolean ends) {
        long now = now();
        long next = Math.min(toServer.nanosToNext(now), toClient.nanosToNext(now));
        return ends ? 1 : Math.min(TimeUnit.NANOSECONDS.toMillis(next), MAX_WAIT_MILLIS);
    }

    private synchronized void pass(Peer from, Peer.ReceivedDatagram datagram) throws IOException {
        if (datagram != null && from == front) {
            InetSocketAddress client = datagram.sender();
            requests.add(enter(toServer, "c" + (requests.size() + 1), datagram.bytes(), client, front.address(), null));
            firstRequest.complete(null);
        } else if (datagram != null && !requests.isEmpty()) {
            enterReply(datagram.bytes(), requests.get(requests.size() - 1));
        }
        long now = now();
        for (DelayedDatagram<InetSocketAddress> due = toServer.poll(now); due != null; due = toServer.poll(now)) {
            leaveForServer(due.bytes(), requests.get(due.number() - 1));
        }
        now = now();
        for (DelayedDatagram<InetSocketAddress> due = toClient.poll(now); due != null; due = toClient.poll(now)) {
            Entered reply = replies.get(due.number() - 1);
            keep(step(Call.SENDTO, front.address(), reply.client, due.bytes()).withDatagram(reply.name, null));
            left.add(new Left(reply, System.nanoTime()));
            front.send(due.bytes(), reply.client);
        }
    }

    private void leaveForServer(byte[] bytes, Entered request) throws IOException {
        keep(step(Call.SENDTO, backAddress(), receiver, bytes).withDatagram(request.name, null));
        if (back != null) {
            back.send(bytes, receiver);
            return;
        }
        byte[] reply = server.apply(bytes);
        if (reply != null) {
            enterReply(reply, request);
        }
    }

    private void enterReply(byte[] bytes, Entered request) {
        replies.add(enter(toClient, "s" + (replies.size() + 1), bytes, receiver, backAddress(), request));
    }

    /** Lets a datagram enter, whose bytes a fault may change. */
    private Entered enter(
            FaultyLink<InetSocketAddress> link,
            String name,
            byte[] bytes,
            InetSocketAddress sender,
            InetSocketAddress local,
            Entered request) {
        InetSocketAddress client = request == null ? sender : request.client;
        Step step = step(Call.RECVFROM, local, sender, bytes.clone());
        String fate = link.enter(bytes.clone(), client, now()).fate();
        keep(step.withDatagram(name, fate));
        return new Entered(name, bytes, client, step.nanos(), fate, request);
    }

    private InetSocketAddress backAddress() {
        return back == null ? BACK : back.address();
    }

    private void keep(Step step) {
        if (steps.size() < MAX_STEPS) {
            steps.add(step);
        }
    }

    private static Step step(Call call, InetSocketAddress local, InetSocketAddress peer, byte[] bytes) {
        return Step.of(Instant.now(), System.nanoTime(), PROGRAM, call, "")
                .between(local, peer)
                .withData(bytes);
    }

    private long now() {
        return System.nanoTime() - start;
    }
}
