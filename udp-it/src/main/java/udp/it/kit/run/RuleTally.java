package udp.it.kit.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import udp.contract.Rule;
import udp.internal.text.Printable;
import udp.it.kit.report.RuleResult;
import udp.it.kit.report.RuleResult.Failure;
import udp.it.kit.report.RuleResult.Verdict;
import udp.it.kit.report.RuleResults;

/** The results of each rule, also while the tests run. A test that began and has no verdict has failed. */
public final class RuleTally implements TestEvents {
    /** The results of the tests of one rule. */
    private static final class Tally {
        private final List<Failure> failures = new ArrayList<>();
        private int planned;
        private int verdicts;
        private boolean passed;
        private String reason;
    }

    private final String subject;
    private final Map<Rule, Tally> tallies = new EnumMap<>(Rule.class);
    private final Set<String> begun = new LinkedHashSet<>();
    private boolean isPlanned;
    private Rule running; // Null between tests.
    private String where = "";
    private String note = "";
    private String end; // Why the rest did not run, or null.

    /** Creates a tally for the rules of one subject. */
    public RuleTally(String subject, Collection<Rule> rules) {
        this.subject = subject;
        rules.forEach(rule -> tallies.put(rule, new Tally()));
    }

    /** Returns the keys of the tests that began. */
    synchronized Set<String> begun() {
        return Set.copyOf(begun);
    }

    @Override
    public synchronized void plan(Rule rule) {
        tally(rule).planned++;
    }

    @Override
    public synchronized void ready() {
        isPlanned = true;
    }

    @Override
    public synchronized void begin(String key, Rule rule, String circumstances) {
        tally(rule);
        breakTest("it had no verdict");
        begun.add(key);
        running = rule;
        where = circumstances;
    }

    @Override
    public synchronized void pass() {
        verdict().passed = true;
    }

    @Override
    public synchronized void leaveOut(String reason) {
        verdict().reason = reason;
    }

    /** Adds a failure, or adds its circumstances to the same failure. */
    @Override
    public synchronized void fail(String sentence, String trace) {
        List<Failure> failures = verdict().failures;
        Failure failure = new Failure(where, sentence, trace);
        for (int i = 0; i < failures.size(); i++) {
            Failure same = failures.get(i);
            if (same.sentence().equals(failure.sentence())) {
                if (!List.of(same.where().split(", ")).contains(failure.where())) {
                    failures.set(i, new Failure(same.where() + ", " + where, sentence, same.trace()));
                }
                return;
            }
        }
        failures.add(failure);
    }

    @Override
    public synchronized void note(String text) {
        note = Printable.line(text);
    }

    /** Returns the last note, empty if there is none. */
    public synchronized String lastNote() {
        return note;
    }

    /** Returns in a few words what happens now. */
    public synchronized String progress() {
        int verdicts =
                tallies.values().stream().mapToInt(tally -> tally.verdicts).sum();
        int planned = tallies.values().stream().mapToInt(tally -> tally.planned).sum();
        String now = running == null ? "starting" : running.number() + " " + where;
        return isPlanned && note.isEmpty() ? verdicts + " of " + planned + " tests, " + now.strip() : note;
    }

    /** Fails the test that runs, if there is one, by what happened instead of its end. Returns whether there was. */
    synchronized boolean breakTest(String happened) {
        if (running == null) {
            return false;
        }
        fail("expected an end of the test, but " + happened, "");
        return true;
    }

    /** Fails the test that runs and all that did not run. */
    public synchronized void breakOff(String why) {
        breakTest(why);
        end = end == null ? why : end;
    }

    /** Returns the results: without a verdict of all its tests, a rule has failed. */
    public synchronized RuleResults results() {
        return new RuleResults(
                subject,
                tallies.entrySet().stream()
                        .map(entry -> result(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private RuleResult result(Rule rule, Tally tally) {
        if (rule.untestable() != null) {
            return new RuleResult(rule, Verdict.NOT_APPLICABLE, rule.untestable(), List.of());
        } else if (!tally.failures.isEmpty()) {
            return new RuleResult(rule, Verdict.FAIL, null, List.copyOf(tally.failures));
        } else if (!isPlanned || tally.verdicts < tally.planned) {
            String why = "the check ended before it came to this" + (end == null ? "" : ": " + end);
            return new RuleResult(rule, Verdict.FAIL, null, List.of(new Failure("", why, "")));
        } else if (tally.passed) {
            return new RuleResult(rule, Verdict.PASS, null, List.of());
        }
        String reason = tally.planned == 0 ? "only a client's transport is connected" : tally.reason;
        return new RuleResult(rule, Verdict.NOT_APPLICABLE, reason, List.of());
    }

    /** Returns the tally of the test that runs, which has its verdict. */
    private Tally verdict() {
        Tally tally = tally(running);
        tally.verdicts++;
        running = null;
        return tally;
    }

    private Tally tally(Rule rule) {
        Tally tally = rule == null ? null : tallies.get(rule);
        if (tally == null) {
            throw new IllegalStateException("no test of this subject runs, or has the rule " + rule);
        }
        return tally;
    }
}
