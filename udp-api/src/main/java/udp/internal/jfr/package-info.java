/** Events for JDK Flight Recorder, which has none of its own for datagrams. */
package udp.internal.jfr;
