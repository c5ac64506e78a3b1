/** Faults of the network (loss, duplicates, reordering, delay, damage) as a decorator of any transport. */
package udp.internal.fault;
