/** Each step of an exchange as it happens: as text on a terminal, and as lines of JSON in a file. */
package udp.internal.trace;
