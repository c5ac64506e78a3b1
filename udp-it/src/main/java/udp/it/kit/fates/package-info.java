/** The search for the smallest network on which a program breaks a rule: all networks with a few faults, fewest first. */
package udp.it.kit.fates;
