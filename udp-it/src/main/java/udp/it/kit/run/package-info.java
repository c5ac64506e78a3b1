/**
 * The engine that runs contracts and collects the results of their rules. {@code CheckedJvm} runs in the JVM that judges;
 * {@code EventStream} and {@code ContractRunner} run in the JVM that has loaded what is checked.
 */
package udp.it.kit.run;
