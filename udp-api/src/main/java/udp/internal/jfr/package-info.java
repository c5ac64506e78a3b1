/** The events of both programs for JDK Flight Recorder, which has no events for datagrams. */
package udp.internal.jfr;
