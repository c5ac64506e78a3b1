/** Texts for people: addresses, failures, durations, and what a peer sent made harmless to print. */
package udp.internal.text;
