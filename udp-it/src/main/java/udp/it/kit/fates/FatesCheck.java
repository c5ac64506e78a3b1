package udp.it.kit.fates;

import java.util.Locale;
import java.util.function.IntConsumer;
import udp.internal.cli.UsageException;
import udp.internal.cli.Values;
import udp.internal.text.Printable;
import udp.it.diagram.SmallDiagram;
import udp.it.kit.contract.ClientContract;
import udp.it.kit.contract.FileTransferContract;
import udp.it.kit.fates.NetworkedProgram.NetworkRun;
import udp.it.kit.support.CommandTemplate;

/**
 * The result of a check on all networks with a few faults, or on the network that a list of fates describes.
 *
 * @param isPassed whether the program kept all rules
 * @param text what is said, in lines
 */
public record FatesCheck(boolean isPassed, String text) {
    private static final int MAX_FAULTS = 4;

    /**
     * Checks a program.
     *
     * @param input what the contract of the program takes
     * @param fates a number of faults, or a list of fates
     * @param again the command that checks the program again, up to the value of {@code --fates}
     * @param progress is told how many networks have been survived
     */
    public static FatesCheck of(Object input, String fates, String again, IntConsumer progress) throws Exception {
        boolean isSearch = Values.isDigits(fates);
        int maxFaults = isSearch ? maxFaults(fates) : 0;
        FateList list = isSearch ? FateList.NONE : FateList.parse(fates);
        NetworkedProgram program = program(input);
        CounterExampleSearch search = new CounterExampleSearch(program, progress);
        NetworkRun broken = isSearch ? search.search(maxFaults) : program.run(list);
        if (!isSearch) {
            return broken.violation() == null
                    ? new FatesCheck(true, diagram(broken) + "survived: the network of " + list + "\n")
                    : failed(broken, "", again);
        }
        String networks =
                search.survived() == 1 ? "1 network" : String.format(Locale.ROOT, "%,d networks", search.survived());
        return broken == null
                ? new FatesCheck(
                        true,
                        "survived: " + networks + ", all with up to " + maxFaults + " faults in the first "
                                + CounterExampleSearch.MAX_NUMBER + " datagrams of each side\n")
                : failed(broken, "smallest of all, after " + networks + " that it survived\n", again);
    }

    private static int maxFaults(String fates) {
        return Values.number(fates, "a number of faults", 1, MAX_FAULTS);
    }

    private static NetworkedProgram program(Object input) throws Exception {
        if (input instanceof ClientContract.Input client) {
            return new ClientOnNetwork(client.command());
        }
        if (input instanceof FileTransferContract.Input programs) {
            return new FileOnNetwork(programs);
        }
        if (input instanceof CommandTemplate command) {
            return new PingerOnNetwork(command);
        }
        throw new UsageException("--fates goes with --client, --pinger or --sender");
    }

    private static FatesCheck failed(NetworkRun run, String remark, String again) {
        NetworkedProgram.Violation violation = run.violation();
        boolean isGood = run.fates().fates().isEmpty();
        return new FatesCheck(
                false,
                (isGood ? "a network without faults" : run.fates()) + " breaks rule "
                        + violation.rule().number() + ": " + violation.rule().sentence() + "\n"
                        + "      " + Printable.line(violation.sentence()) + "\n"
                        + remark
                        + diagram(run)
                        + "again: " + again + (isGood ? "1" : "'" + run.fates() + "'") + "\n");
    }

    private static String diagram(NetworkRun run) {
        return "\n" + SmallDiagram.of(run.steps())
                + (run.errors().isEmpty() ? "" : "\nits standard error:\n" + run.errors() + "\n") + "\n";
    }
}
