package udp.it.diagram;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import udp.internal.fault.Faults;
import udp.internal.fault.FaultyLink;
import udp.internal.fault.FaultyLink.DelayedDatagram;
import udp.internal.fault.FaultyLink.Passage;
import udp.internal.trace.Call;
import udp.internal.trace.Step;

/** A run of clients and a server through a relay, without sockets: the traces, and the arrows that are true. */
final class RandomRun {
    private static final List<String> TEXTS = List.of("a", "b", "hello", "hello", "hellp", "");
    private static final String FRONT = "127.0.0.1:50000";
    private static final String SERVER = "127.0.0.1:50007";
    private static final int NETWORK = 0;
    private static final int UNTRACED = -1;
    private static final long MILLI = 1_000_000;

    private record Event(long at, long order, Runnable what) {}

    /** A send with its step, or without one. */
    private record Sent(String key, byte[] data) {}

    /** The socket of a client, which may end after the first reply, and may send again before it. */
    private final class ClientSocket {
        final int source;
        final String address;
        final boolean endsAfterReply;
        boolean isClosed;
        boolean hasReply;

        ClientSocket(int source, String address, boolean endsAfterReply) {
            this.source = source;
            this.address = address;
            this.endsAfterReply = endsAfterReply;
        }

        void send(String text, int tries) {
            if (!isClosed && !(endsAfterReply && hasReply)) {
                Sent sent = send(this.source, "udp-client", address, FRONT, text.getBytes(UTF_8));
                deliver(address, FRONT, () -> enter(sent, this, true));
                if (tries > 1) {
                    after(20 + random.nextInt(30), () -> retry(text, tries));
                }
            }
        }

        private void retry(String text, int tries) {
            if (!hasReply) {
                record(source, "udp-client", Call.TIME_OUT, address, FRONT, null, null, null);
                send(text, tries - 1);
            }
        }

        private Sent send(int from, String program, String local, String peer, byte[] data) {
            return new Sent(record(from, program, Call.SENDTO, local, peer, data, null, null), data);
        }

        void receive(Sent sent, String name, String fate) {
            if (isClosed) {
                arrows.add(name + " " + sent.key() + ">" + (source == UNTRACED ? "- " + fate : "x end"));
                return;
            }
            String key = record(source, "udp-client", Call.RECVFROM, address, FRONT, sent.data(), null, null);
            arrows.add(name + " " + sent.key() + ">" + key + " " + fate);
            hasReply = true;
            if (endsAfterReply) {
                isClosed = true;
                record(source, "udp-client", Call.CLOSE, address, null, null, null, null);
            }
        }
    }

    final List<TraceStep> steps = new ArrayList<>();
    final Set<String> arrows = new HashSet<>();

    private final Random random;
    private final FaultyLink<ClientSocket> toServer;
    private final FaultyLink<ClientSocket> toClients;
    private final int server;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final Map<String, Long> lastDelivery = new HashMap<>();
    private final Map<ClientSocket, String> upstreams = new HashMap<>();
    private final Map<String, String> fates = new HashMap<>();
    private long now;
    private long order;
    private int port = 40000;

    RandomRun(long seed) {
        random = new Random(seed);
        Faults faults = new Faults(rate(), rate(), rate(), rate(), rate(), Duration.ZERO, delay(), 0);
        toServer = new FaultyLink<>(faults.fromClients(), random.nextLong());
        toClients = new FaultyLink<>(faults.fromServer(), random.nextLong());
        server = random.nextBoolean() ? UNTRACED : 1;
        record(NETWORK, "udp-it proxy", Call.BIND, FRONT, null, null, null, null);
        int clients = 1 + random.nextInt(3);
        for (int i = 0; i < clients; i++) {
            int source = random.nextBoolean() ? UNTRACED : 2 + i;
            boolean exchanges = random.nextBoolean();
            ClientSocket kept = new ClientSocket(source, address(), false);
            int messages = 1 + random.nextInt(8);
            for (int j = 0; j < messages; j++) {
                String text = TEXTS.get(random.nextInt(TEXTS.size()));
                after(
                        random.nextInt(100),
                        () -> (exchanges ? new ClientSocket(source, address(), true) : kept)
                                .send(text, exchanges ? 3 : 1));
            }
        }
        while (!events.isEmpty()) {
            Event next = events.remove();
            now = Math.max(now + 1, next.at());
            next.what().run();
        }
    }

    private double rate() {
        return random.nextBoolean() ? 0 : random.nextDouble() / 2;
    }

    private Duration delay() {
        return random.nextBoolean() ? Duration.ZERO : Duration.ofMillis(1 + random.nextInt(60));
    }

    private String address() {
        return "127.0.0.1:" + port++;
    }

    private void after(long millis, Runnable what) {
        events.add(new Event(now + millis * MILLI + random.nextInt(1000), order++, what));
    }

    /** Delivers over loopback, which keeps the order. */
    private void deliver(String from, String to, Runnable what) {
        long at = Math.max(lastDelivery.getOrDefault(from + to, 0L) + 1, now + 5_000 + random.nextInt(300_000));
        lastDelivery.put(from + to, at);
        events.add(new Event(at, order++, what));
    }

    /** Lets the relay receive a datagram. */
    private void enter(Sent sent, ClientSocket client, boolean isRequest) {
        FaultyLink<ClientSocket> link = isRequest ? toServer : toClients;
        Passage<ClientSocket> passage = link.enter(sent.data().clone(), client, now);
        String name = (isRequest ? "c" : "s") + passage.number();
        fates.put(name, passage.fate());
        String local = isRequest ? FRONT : upstreams.get(client);
        String peer = isRequest ? client.address : SERVER;
        String key = record(NETWORK, "udp-it proxy", Call.RECVFROM, local, peer, sent.data(), name, passage.fate());
        arrows.add(name + " " + sent.key() + ">" + key + " " + passage.fate());
        pass(isRequest);
    }

    /** Lets the relay pass on what is due, and comes back for what is not. */
    private void pass(boolean isRequest) {
        FaultyLink<ClientSocket> link = isRequest ? toServer : toClients;
        for (DelayedDatagram<ClientSocket> due = link.poll(now); due != null; due = link.poll(now)) {
            String name = (isRequest ? "c" : "s") + due.number();
            ClientSocket client = due.peer();
            String local = isRequest ? upstreams.computeIfAbsent(client, c -> address()) : FRONT;
            String peer = isRequest ? SERVER : client.address;
            byte[] data = due.bytes();
            Sent sent = new Sent(record(NETWORK, "udp-it proxy", Call.SENDTO, local, peer, data, name, null), data);
            boolean isCopy = !fates.containsKey(name);
            String fate = isCopy ? "duplicate" : fates.remove(name).replaceFirst("^twice(, |$)", "");
            String words = fate.isEmpty() ? "delivered" : fate;
            deliver(local, peer, () -> {
                if (isRequest) {
                    serve(sent, client, name, words);
                } else {
                    client.receive(sent, name, words);
                }
            });
        }
        long wait = link.nanosToNext(now);
        if (wait != FaultyLink.FOREVER) {
            events.add(new Event(now + wait, order++, () -> pass(isRequest)));
        }
    }

    private void serve(Sent sent, ClientSocket client, String name, String fate) {
        String peer = upstreams.get(client);
        String key = record(server, "udp-server", Call.RECVFROM, SERVER, peer, sent.data(), null, null);
        arrows.add(name + " " + sent.key() + ">" + key + " " + fate);
        if (random.nextInt(10) > 0) {
            byte[] data = sent.data().clone();
            Sent reply = new Sent(record(server, "udp-server", Call.SENDTO, SERVER, peer, data, null, null), data);
            deliver(SERVER, peer, () -> enter(reply, client, false));
        }
    }

    /** Adds a step if there is a trace of the program, and returns the name of the step. */
    private String record(
            int source, String program, Call call, String local, String peer, byte[] data, String name, String fate) {
        now++;
        if (source == UNTRACED) {
            return "-";
        }
        Step step = new Step(
                Instant.EPOCH.plusNanos(now), now, program, call, null, local, peer, data, null, null, name, fate);
        steps.add(TraceStep.of(source, step));
        return source + ":" + now;
    }
}
