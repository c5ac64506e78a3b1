/** The parts that several contracts share: commands, bad networks, and the subject of a run. */
package udp.it.kit.support;
