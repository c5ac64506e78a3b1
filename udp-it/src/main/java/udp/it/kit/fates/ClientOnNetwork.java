package udp.it.kit.fates;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import udp.contract.KitAssertions;
import udp.contract.Peer;
import udp.contract.Rule;
import udp.contract.Subprocess;
import udp.contract.TestMessages;
import udp.internal.cli.UsageException;
import udp.it.kit.fates.ScriptedNetwork.Entered;
import udp.it.kit.support.CommandTemplate;
import udp.it.kit.support.Preflight;

/** A client that reads two sentences. Some clients send only the first. */
final class ClientOnNetwork implements NetworkedProgram {
    private static final int MAX_SECONDS = 15;

    /** The number of tries that a client needs for rule C.17. */
    private static final int TRIES = 6;

    private static final List<String> SENTENCES = List.of("sentence 1", "sentence 2");

    private final CommandTemplate command;
    private final List<String> replies = SENTENCES.stream()
            .map(each -> TestMessages.fresh("reply to " + each))
            .toList();
    private final List<Long> waits; // after each try, in milliseconds, if nobody replies
    private final int maxTries; // if nobody replies
    private final int asked; // sentences on a good network

    /** Learns on two networks how long the client waits, how often it tries, and how many sentences it asks. */
    ClientOnNetwork(CommandTemplate command) throws Exception {
        this.command = command;
        ClientRun silent = start(FateList.NONE, request -> null);
        waits = silent.waits();
        if (waits.isEmpty()) {
            throw new UsageException("the client does not send the sentence: see rule C.1 without --fates");
        }
        maxTries = silent.hasEnded ? waits.size() : Integer.MAX_VALUE;
        ClientRun good = start(FateList.NONE, this::reply);
        asked = good.tries(1).isEmpty() ? 1 : SENTENCES.size();
    }

    @Override
    public int maxAtOnce() {
        return command.port() == 0 ? ManyAtOnce.WAITING : 1;
    }

    @Override
    public NetworkRun run(FateList fates) throws Exception {
        ClientRun run = start(fates, this::reply);
        List<SeenDatagram> seen = new ArrayList<>();
        run.requests.forEach(request -> seen.add(new SeenDatagram(request.name(), late(run, request))));
        run.replies.forEach(reply -> seen.add(new SeenDatagram(reply.name(), late(run, reply.request()))));
        return new NetworkRun(fates, seen, run.network.steps(), run.violation(), run.errors);
    }

    /** Returns a delay that is longer than the client waits after this request. */
    private long late(ClientRun run, Entered request) {
        int sentence = sentence(request.bytes());
        int number = sentence < 0 ? 0 : run.tries(sentence).indexOf(request);
        return ManyAtOnce.lateMillis(waits.get(Math.min(number, waits.size() - 1)));
    }

    private byte[] reply(byte[] request) {
        int sentence = sentence(request);
        return sentence < 0 ? null : replies.get(sentence).getBytes(UTF_8);
    }

    /** Returns the number of the sentence, from 0 on, or -1. Some clients send more than the sentence. */
    private static int sentence(byte[] request) {
        String text = new String(request, UTF_8);
        return SENTENCES.indexOf(text.substring(0, Math.min(SENTENCES.get(0).length(), text.length())));
    }

    private ClientRun start(FateList fates, UnaryOperator<byte[]> server) throws Exception {
        try (Peer front = Preflight.peerFor(command);
                ScriptedNetwork network = new ScriptedNetwork(front, fates.faults(), server);
                Subprocess client =
                        Preflight.start(command, front, String.join("\n", SENTENCES) + "\n", Subprocess.USUAL)) {
            boolean hasEnded = ManyAtOnce.endsAfterItsFirst(client, network, MAX_SECONDS);
            long end = System.nanoTime();
            String printed = new String(hasEnded ? client.awaitEnd("an end") : client.printed(), UTF_8);
            network.end();
            return new ClientRun(fates, network, hasEnded ? client.status() : -1, end, printed, client.errors());
        }
    }

    /** What happened in a run. */
    private final class ClientRun {
        private final FateList fates;
        private final ScriptedNetwork network;
        private final boolean hasEnded;
        private final int status;
        private final long end;
        private final String printed;
        private final String errors;
        private final List<Entered> requests;
        private final List<Entered> replies;

        ClientRun(FateList fates, ScriptedNetwork network, int status, long end, String printed, String errors) {
            this.fates = fates;
            this.network = network;
            this.hasEnded = status >= 0;
            this.status = status;
            this.end = end;
            this.printed = printed;
            this.errors = errors;
            requests = network.requests();
            replies = network.replies();
        }

        List<Entered> tries(int sentence) {
            return requests.stream()
                    .filter(request -> sentence(request.bytes()) == sentence)
                    .toList();
        }

        /** Returns the time after each try for the first sentence, until the next datagram or the end. */
        List<Long> waits() {
            List<Long> found = new ArrayList<>();
            for (int i = 0; i < requests.size() && sentence(requests.get(i).bytes()) == 0; i++) {
                long next = i + 1 < requests.size() ? requests.get(i + 1).nanos() : end;
                found.add(TimeUnit.NANOSECONDS.toMillis(next - requests.get(i).nanos()));
            }
            return found;
        }

        Violation violation() {
            for (int i = 0; i < asked; i++) {
                Violation violation = violation(i);
                if (violation != null) {
                    return violation;
                } else if (times(ClientOnNetwork.this.replies.get(i)) == 0) {
                    break; // It may end without a reply.
                }
            }
            String stillRuns = "expected the client to end, but it was still running after " + MAX_SECONDS + " s";
            return hasEnded ? null : new Violation(Rule.C14, stillRuns, true);
        }

        /** Returns what is wrong with a sentence that was to be asked, or null. */
        private Violation violation(int sentence) {
            String named = "\"" + SENTENCES.get(sentence) + "\"";
            int tries = tries(sentence).size();
            int needed = Math.min(fates.fates().size() + 1, TRIES); // A fate harms one try.
            boolean isReplied = isReplied(sentence);
            int times = times(ClientOnNetwork.this.replies.get(sentence));
            String itPrinted =
                    ", but it printed " + KitAssertions.shown(printed.strip().getBytes(UTF_8));
            if (tries == 0 && hasEnded) {
                return violation(Rule.C17, named + " to be asked, but the client ended with status " + status);
            } else if (tries > maxTries) {
                String as = ", as many as without any reply, but there were ";
                return violation(Rule.C14, "at most " + maxTries + " datagrams for " + named + as + tries);
            } else if (!isReplied && tries < needed && times == 0) {
                String then = hasEnded ? " and the client ended with status " + status : " and then the client waited";
                return violation(
                        Rule.C12,
                        named + " to be sent again, but it came " + (tries == 1 ? "once" : tries + " times") + then);
            } else if (isReplied && times == 0) {
                return violation(Rule.C17, "the reply to " + named + " to be printed" + itPrinted);
            } else if (times > 1) {
                return violation(Rule.C13, "the reply to " + named + " to be printed once" + itPrinted);
            } else if (times == 1 && isTooLate(sentence)) {
                return violation(Rule.C13, "no reply to " + named + " after the next was asked" + itPrinted);
            } else if (times == 0 && hasEnded && status == 0) {
                return violation(Rule.C14, "a status other than 0 without the reply to " + named + ", but it was 0");
            }
            return null;
        }

        private Violation violation(Rule rule, String sentence) {
            return new Violation(rule, "expected " + sentence, !hasEnded);
        }

        /** Returns whether a try and its reply came through at once. */
        private boolean isReplied(int sentence) {
            return replies.stream()
                    .anyMatch(reply -> sentence(reply.request().bytes()) == sentence
                            && reply.isPrompt()
                            && reply.request().isPrompt());
        }

        /** Returns whether no reply to a sentence left before the client asked the next. */
        private boolean isTooLate(int sentence) {
            List<Entered> next = sentence + 1 < SENTENCES.size() ? tries(sentence + 1) : List.of();
            return !next.isEmpty()
                    && network.left().stream()
                            .noneMatch(left -> sentence(left.reply().request().bytes()) == sentence
                                    && left.nanos() < next.get(0).nanos());
        }

        private int times(String reply) {
            return printed.split(Pattern.quote(reply), -1).length - 1;
        }
    }
}
