package udp.it.simulation;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import udp.api.MessageProcessor;
import udp.api.MessageProcessor.Outcome;
import udp.server.guard.RateLimit;

/** What a server must withstand, whoever sends to it. Each scenario returns what it has seen. */
final class ServerScenarios {
    private static final List<String> NO_CLIENTS =
            List.of("0.0.0.0", "0.1.2.3", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255");
    private static final List<Integer> NO_CLIENT_PORTS = List.of(0, 7, 13, 17, 19, 37);
    private static final int PROCESSORS = 3;
    private static final int RUN = 150;

    private ServerScenarios() {}

    static final Map<String, Supplier<Violations>> ALL = all();

    private static Map<String, Supplier<Violations>> all() {
        Map<String, Supplier<Violations>> all = new LinkedHashMap<>();
        all.put("sources that must not be replied to", ServerScenarios::sources);
        all.put("loops of two servers", ServerScenarios::loops);
        all.put("a loop of two servers that forged datagrams have deceived", ServerScenarios::trustedLoop);
        all.put("a client that repeats itself", ServerScenarios::honest);
        all.put("a client that repeats itself slowly", ServerScenarios::slow);
        all.put("a limit of replies", ServerScenarios::rate);
        all.put("SIGTERM with requests in the queue", ServerScenarios::drain);
        all.put("SIGTERM in a flood", ServerScenarios::flood);
        return all;
    }

    private static Violations sources() {
        ServerRun run = server(echo(), RateLimit.of(1000));
        Stream<InetSocketAddress> forged = Stream.of(
                        NO_CLIENTS.stream().map(host -> new InetSocketAddress(host, 4007)),
                        NO_CLIENT_PORTS.stream().map(port -> new InetSocketAddress("198.51.100.1", port)),
                        Stream.of(ServerRun.SERVER))
                .flatMap(sources -> sources);
        forged.forEach(source -> {
            run.arrive(source, ServerRun.SERVER, "x", 0);
            run.network.runUntilQuiet();
            run.require(run.repliesTo(source) == 0, Invariant.NO_FORBIDDEN_REPLY, "a reply to %s", source);
        });
        for (int port : List.of(1, 8, 53, 71, 1023, 65_535)) {
            InetSocketAddress honest = new InetSocketAddress("198.51.100.1", port);
            run.arrive(honest, ServerRun.SERVER, "x", 0);
            run.network.runUntilQuiet();
            run.require(run.repliesTo(honest) == 1, Invariant.ONE_REPLY, "no reply to %s", honest);
        }
        return end(run);
    }

    private static Violations loops() {
        ServerRun run = null;
        for (int pair = 0; pair < PROCESSORS * PROCESSORS; pair++) {
            for (int delay : List.of(0, 1, 20)) {
                for (int loops : List.of(1, 3)) {
                    run = new ServerRun(Duration.ofMillis(delay));
                    run.serve(ServerRun.SERVER, processor(pair % PROCESSORS), RateLimit.NONE, Duration.ZERO);
                    run.serve(ServerRun.OTHER, processor(pair / PROCESSORS), RateLimit.NONE, Duration.ZERO);
                    for (int i = 0; i < loops; i++) {
                        run.arrive(ServerRun.OTHER, ServerRun.SERVER, "x" + i, 0);
                    }
                    if (run.endLoop(loops).broken() != null) {
                        return run.violations;
                    }
                }
            }
        }
        return run.violations;
    }

    /** Forged datagrams make both servers believe that the other is a client, which repeats itself and pauses. */
    private static Violations trustedLoop() {
        ServerRun run = new ServerRun(Duration.ZERO);
        MessageProcessor quietAtFirst = (request, reply, peer) -> {
            reply.put(request);
            return run.network.nanoTime() == 0 ? Outcome.NO_REPLY : Outcome.REPLY;
        };
        run.serve(ServerRun.SERVER, quietAtFirst, RateLimit.NONE, Duration.ZERO);
        run.serve(ServerRun.OTHER, quietAtFirst, RateLimit.NONE, Duration.ZERO);
        for (int i = 0; i < RUN + 11; i++) { // The last is refused. The content of one was new, which takes off 10.
            run.arrive(ServerRun.OTHER, ServerRun.SERVER, "x", 0);
            run.arrive(ServerRun.SERVER, ServerRun.OTHER, "x", 0);
        }
        run.arrive(ServerRun.OTHER, ServerRun.SERVER, "x", 60);
        return run.endLoop(1);
    }

    /** It sends the same request again and again, as soon as it has the reply, or after a second without. */
    private static Violations honest() {
        ServerRun run = server(echo(), RateLimit.NONE);
        int lost = 0;
        long now = 0;
        for (int i = 0; i < 2 * RUN; i++) {
            run.arrive(ServerRun.CLIENT, ServerRun.SERVER, "x", now);
            run.network.runUntilQuiet();
            boolean replied = run.repliesTo(ServerRun.CLIENT) == i + 1 - lost;
            lost += replied ? 0 : 1;
            now += replied ? 1 : 1000;
        }
        run.require(lost <= 1, Invariant.HONEST_CLIENT, "%d datagrams were lost", lost);
        return end(run);
    }

    private static Violations slow() {
        ServerRun run = server(echo(), RateLimit.NONE);
        for (int i = 0; i < 10 * RUN; i++) {
            run.arrive(ServerRun.CLIENT, ServerRun.SERVER, "x", 50L * i);
        }
        run.network.runUntilQuiet();
        run.require(
                run.repliesTo(ServerRun.CLIENT) == 10 * RUN,
                Invariant.HONEST_CLIENT,
                "%d replies to a client that waits 50 ms each time",
                run.repliesTo(ServerRun.CLIENT));
        return end(run);
    }

    private static Violations rate() {
        ServerRun run = server(echo(), RateLimit.of(10));
        InetSocketAddress neighbour = new InetSocketAddress("198.51.100.200", 4007);
        for (int second = 0; second < 3; second++) {
            for (int i = 0; i < 30; i++) {
                run.arrive(new InetSocketAddress("198.51.100.1", 7), ServerRun.SERVER, "x", 1000L * second);
                run.arrive(i % 2 == 0 ? ServerRun.CLIENT : neighbour, ServerRun.SERVER, "x", 1000L * second);
            }
        }
        run.network.runUntilQuiet();
        int replies = run.repliesTo(ServerRun.CLIENT) + run.repliesTo(neighbour);
        run.require(replies == 30, Invariant.RATE, "%d replies in three seconds, of ten each", replies);
        return end(run);
    }

    private static Violations drain() {
        ServerRun run = new ServerRun(Duration.ZERO);
        run.serve(ServerRun.SERVER, echo(), RateLimit.NONE, Duration.ofSeconds(5));
        for (int i = 0; i < 20; i++) {
            run.arrive(new InetSocketAddress("198.51.100.1", 5000 + i), ServerRun.SERVER, "x" + i, i);
        }
        run.network.at(Duration.ofSeconds(1).toNanos(), () -> run.stop(ServerRun.SERVER));
        run.network.runUntilQuiet();
        run.require(run.sent == 20, Invariant.DRAIN, "%d replies to 20 requests", run.sent);
        return end(run);
    }

    /** Each request takes a tenth of a second and brings another: without a limit, the server would never end. */
    private static Violations flood() {
        ServerRun run = new ServerRun(Duration.ZERO);
        MessageProcessor busy = (request, reply, peer) -> {
            run.network.elapse(Duration.ofMillis(100).toNanos());
            if (run.network.nanoTime() < Duration.ofSeconds(10).toNanos()) {
                run.network.deliver(new Datagram(peer, ServerRun.SERVER, new byte[] {'y'}, 0));
            }
            return Outcome.NO_REPLY;
        };
        run.serve(ServerRun.SERVER, busy, RateLimit.NONE, Duration.ofHours(1));
        run.arrive(ServerRun.CLIENT, ServerRun.SERVER, "x", 0);
        long start = Duration.ofSeconds(1).toNanos();
        run.network.at(start, () -> {
            run.stop(ServerRun.SERVER);
            run.require(
                    run.network.nanoTime() == start + Duration.ofSeconds(1).toNanos(),
                    Invariant.DRAIN,
                    "the server ended %d ms after SIGTERM",
                    (run.network.nanoTime() - start) / 1_000_000);
        });
        run.network.runUntilQuiet();
        return run.violations;
    }

    private static ServerRun server(MessageProcessor processor, RateLimit limit) {
        return new ServerRun(Duration.ZERO).serve(ServerRun.SERVER, processor, limit, Duration.ZERO);
    }

    private static Violations end(ServerRun run) {
        run.end();
        return run.violations;
    }

    private static MessageProcessor echo() {
        return processor(0);
    }

    /** Returns a processor that echoes, one that numbers its replies, or one that tells the time, which is new now and then. */
    private static MessageProcessor processor(int kind) {
        int[] number = {0};
        return (request, reply, peer) -> {
            switch (kind) {
                case 0 -> reply.put(request);
                case 1 -> reply.putInt(++number[0]);
                default -> reply.putInt(number[0]++ / 50);
            }
            return Outcome.REPLY;
        };
    }
}
