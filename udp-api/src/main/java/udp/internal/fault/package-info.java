/** A bad network, rehearsed: loss, doubles, disorder, delay and damage, as a decorator of any transport. */
package udp.internal.fault;
