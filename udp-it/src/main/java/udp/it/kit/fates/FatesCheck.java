package udp.it.kit.fates;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import udp.contract.Rule;
import udp.internal.cli.UsageException;
import udp.internal.cli.Values;
import udp.it.diagram.SmallDiagram;
import udp.it.kit.contract.ClientContract;
import udp.it.kit.contract.FileTransferContract;
import udp.it.kit.fates.NetworkedProgram.NetworkRun;
import udp.it.kit.report.RuleResult;
import udp.it.kit.report.RuleResult.Failure;
import udp.it.kit.report.RuleResults;
import udp.it.kit.run.TestEvents;
import udp.it.kit.support.CommandTemplate;

/** The check of a program on all networks with a few faults, or on the network that a list of fates describes. */
public final class FatesCheck {
    private static final int MAX_FAULTS = 4;

    /** The value of {@code --fates} that asks for all networks. */
    public static final String ALL = Integer.toString(MAX_FAULTS);

    private static final Set<Rule> WATCHED = EnumSet.of(
            Rule.C12, Rule.C13, Rule.C14, Rule.C17, Rule.A2_2, Rule.A2_3, Rule.A2_4, Rule.A5_1, Rule.A5_3, Rule.A5_4);

    private FatesCheck() {}

    /** Returns the value of {@code --fates}, or refuses it. */
    public static String value(String fates) {
        if (Values.isDigits(fates)) {
            Values.number(fates, "a number of faults", 1, MAX_FAULTS);
        } else {
            FateList.parse(fates);
        }
        return fates;
    }

    /** Returns those of a subject's rules that are watched. */
    public static List<Rule> rules(List<Rule> ofSubject) {
        List<Rule> rules = ofSubject.stream().filter(WATCHED::contains).toList();
        if (rules.isEmpty()) {
            throw new UsageException("--fates goes with --client, --client-class, --pinger or --sender");
        }
        return rules;
    }

    /**
     * Checks a program.
     *
     * @param input what the contract of the program takes
     */
    public static void run(Object input, List<Rule> rules, String fates, TestEvents events) {
        rules.forEach(events::plan);
        events.ready();
        try {
            NetworkedProgram program = program(input);
            NetworkRun broken;
            if (Values.isDigits(fates)) {
                CounterExampleSearch search =
                        new CounterExampleSearch(program, number -> events.note("survived: " + networks(number)));
                broken = search.search(Integer.parseInt(fates));
                events.note("survived: " + networks(search.survived())
                        + (broken != null
                                ? ", and no smaller one breaks a rule"
                                : ", all with up to " + fates + " faults in the first "
                                        + CounterExampleSearch.MAX_NUMBER + " datagrams of each side"));
            } else {
                NetworkRun run = program.run(FateList.parse(fates));
                broken = run.violation() == null ? null : run;
                events.note(broken == null ? "survived: the network with " + run.fates() : "");
            }
            tell(broken, rules, events);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String networks(int number) {
        return number == 1 ? "1 network" : String.format(Locale.ROOT, "%,d networks", number);
    }

    private static NetworkedProgram program(Object input) throws Exception {
        if (input instanceof ClassOnNetwork ofClass) {
            return ofClass;
        } else if (input instanceof ClientContract.Input client) {
            return new ClientOnNetwork(client.command());
        }
        return input instanceof FileTransferContract.Input programs
                ? new FileOnNetwork(programs)
                : new PingerOnNetwork((CommandTemplate) input);
    }

    private static void tell(NetworkRun broken, List<Rule> rules, TestEvents events) {
        for (Rule rule : rules) {
            boolean isBroken = broken != null && broken.violation().rule() == rule;
            events.begin(rule.name(), rule, isBroken ? circumstances(broken.fates()) : "");
            if (isBroken) {
                String errors = broken.errors().isEmpty() ? "" : "\nstandard error:\n" + broken.errors() + "\n";
                events.fail(broken.violation().sentence(), SmallDiagram.of(broken.steps()) + errors);
            } else if (broken == null) {
                events.pass();
            } else {
                events.leaveOut("the search ended at the first network that breaks a rule");
            }
        }
    }

    private static String circumstances(FateList fates) {
        return fates.fates().isEmpty() ? "without faults" : fates.toString();
    }

    /** Returns what is said at the end: the network that breaks a rule, and the command up to the value of --fates. */
    public static String text(RuleResults results, String note, String again) {
        StringBuilder text = new StringBuilder();
        for (RuleResult result : results.results()) {
            for (Failure failure : result.failures()) {
                text.append(result.rule().number() + "  " + result.rule().sentence() + "  " + result.inWords()
                        + "\n      " + failure.text() + "\n" + failure.trace() + "\n");
                if (failure.where().contains("=")) {
                    text.append("again: " + again + "'" + failure.where() + "'\n");
                }
            }
        }
        return text + (note.isEmpty() ? "" : note + "\n");
    }
}
