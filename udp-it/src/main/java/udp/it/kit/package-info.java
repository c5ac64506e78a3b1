/**
 * The conformance kit. {@link udp.it.kit.CheckCommand} is the program; {@link udp.it.kit.Subject} is what it can check.
 * The rules of transports and processors are in {@link udp.contract}, those of programs in {@link udp.it.kit.contract};
 * {@link udp.it.kit.run} runs them, {@link udp.it.kit.report} tells the results, and {@link udp.it.kit.support} helps the
 * rules.
 *
 * <p>A new rule takes a constant of {@link udp.contract.Rule} and a method with {@link udp.contract.Verifies}. In the tests
 * of the kit it takes an implementation that breaks it, such as {@code WrongTransport}, or nobody knows that the rule can
 * fail. A new subject takes a constant of {@link udp.it.kit.Subject} and a contract.
 */
package udp.it.kit;
