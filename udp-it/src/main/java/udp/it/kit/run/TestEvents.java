package udp.it.kit.run;

import udp.contract.Rule;

/** Receives the events of the tests, one test at a time: a test begins, and then it has a verdict. */
public interface TestEvents {
    /** Tells that there will be a test of this rule. */
    void plan(Rule rule);

    /** Tells that all is planned. */
    void ready();

    /** Tells that a test begins: its key, which no other test has; its rule; its circumstances. */
    void begin(String key, Rule rule, String where);

    /** Tells that the test has passed. */
    void pass();

    /** Tells why the rule does not apply. */
    void leaveOut(String reason);

    /** Tells how far a long test is, and at its end what it has done. */
    void note(String text);

    /** Tells what was expected and what happened, and the stack trace. */
    void fail(String sentence, String trace);
}
