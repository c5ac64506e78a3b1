/** The monitors behind {@link udp.server.monitor.Observer}: counters, JDK Flight Recorder, the log, JMX, kernel drops. */
package udp.server.monitor;
