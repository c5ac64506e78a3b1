package udp.server.statistics;

import java.util.Map;

/** The counts of a server for {@code jconsole} and other tools of JMX ({@code --jmx}). */
public interface ServerMXBean {
    /**
     * Returns the number of datagrams received.
     *
     * @return 0 or more
     */
    long getReceived();

    /**
     * Returns the number of replies sent.
     *
     * @return 0 or more
     */
    long getReplied();

    /**
     * Returns the number of datagrams without a reply, by reason. A reason that did not occur is absent.
     *
     * @return the numbers by {@link DropReason} as text
     */
    Map<String, Long> getDropped();

    /**
     * Returns the number of datagrams that the system dropped before the server could receive them.
     *
     * @return 0 or more, or -1 if the system does not tell
     */
    long getKernelDrops();
}
