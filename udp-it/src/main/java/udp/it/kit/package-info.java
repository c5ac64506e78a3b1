/**
 * The conformance kit: anyone can check a transport, a message processor, a server or a client of their own, by
 * extending one of the contracts or by the program {@code check} over the same classes.
 *
 * <p>A new rule takes a constant of {@link udp.it.kit.Rule} and, in the contract or the class of rules that it belongs
 * to, a method with {@link udp.it.kit.Checks}, named {@code rule_} and its number. In the tests of the kit it takes an
 * implementation that breaks it, as {@code WrongTransport}, or nobody knows that the rule can fail.
 *
 * <p>Unless a method says otherwise, passing {@code null} to it throws {@link NullPointerException}.
 */
package udp.it.kit;
