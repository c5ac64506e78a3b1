package udp.it.kit.run;

/** A contract, the argument of its constructor, and what tells this run from others of the same subject. */
public record ContractRun(Class<?> contract, Object input, String circumstances) {}
