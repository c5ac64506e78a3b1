package udp.it.kit.fates;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import udp.contract.Peer;
import udp.contract.Rule;
import udp.contract.Subprocess;
import udp.it.kit.contract.PingerContract;
import udp.it.kit.contract.PingerOutput;
import udp.it.kit.fates.ScriptedNetwork.Entered;
import udp.it.kit.support.CommandTemplate;
import udp.it.kit.support.Preflight;

/** A pinger, which gives up a ping after a second. */
final class PingerOnNetwork implements NetworkedProgram {
    private static final int MAX_SECONDS = 30;
    private static final long WAIT_MILLIS = 1000;

    private final CommandTemplate command;

    PingerOnNetwork(CommandTemplate command) {
        this.command = command;
    }

    @Override
    public int maxAtOnce() {
        return command.port() == 0 ? ManyAtOnce.WAITING : 1;
    }

    @Override
    public NetworkRun run(FateList fates) throws Exception {
        try (Peer front = Preflight.peerFor(command);
                ScriptedNetwork network = new ScriptedNetwork(front, fates.faults(), PingerOnNetwork::reply);
                Subprocess pinger = Preflight.start(command, front, "", Subprocess.USUAL)) {
            boolean hasEnded = ManyAtOnce.endsAfterItsFirst(pinger, network, MAX_SECONDS);
            String printed = new String(hasEnded ? pinger.awaitEnd("an end") : pinger.printed(), UTF_8);
            network.end();
            List<SeenDatagram> seen = new ArrayList<>();
            for (List<Entered> all : List.of(network.requests(), network.replies())) {
                all.forEach(each -> seen.add(new SeenDatagram(each.name(), ManyAtOnce.lateMillis(WAIT_MILLIS))));
            }
            Violation violation = violation(network, hasEnded, new PingerOutput(printed));
            return new NetworkRun(fates, seen, network.steps(), violation, pinger.errors());
        }
    }

    private static byte[] reply(byte[] ping) {
        return new String(ping, UTF_8).toUpperCase(Locale.ROOT).getBytes(UTF_8);
    }

    private static Violation violation(ScriptedNetwork network, boolean hasEnded, PingerOutput printed) {
        int pings = network.requests().size();
        Set<String> replied = network.replies().stream()
                .filter(reply -> reply.isPrompt() && reply.request().isPrompt())
                .map(reply -> reply.request().name())
                .collect(Collectors.toSet());
        int lost = pings - replied.size();
        if (!hasEnded) {
            return new Violation(
                    Rule.A2_2,
                    "expected the pinger to end, but it was still running after " + MAX_SECONDS + " s",
                    true);
        } else if (pings != PingerContract.PINGS) {
            return new Violation(
                    Rule.A2_2, "expected " + PingerContract.PINGS + " pings, but there were " + pings, false);
        } else if (printed.timedOut() != lost) {
            return new Violation(
                    printed.timedOut() < lost ? Rule.A2_4 : Rule.A2_3,
                    "expected \"Request timed out\" for the " + lost + " of " + pings
                            + " that got no reply in a second, but it came " + printed.timedOut() + " times in "
                            + printed,
                    false);
        }
        return null;
    }
}
