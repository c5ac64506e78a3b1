package udp.server.monitor;

import java.util.Map;

/** What a server counts, for {@code jconsole} and other tools of JMX ({@code --jmx}). */
public interface ServerMXBean {
    /**
     * The number of datagrams received.
     *
     * @return 0 or more
     */
    long getReceived();

    /**
     * The number of answers sent.
     *
     * @return 0 or more
     */
    long getAnswered();

    /**
     * The number of datagrams without an answer, by reason; a reason that did not occur is absent.
     *
     * @return the numbers by {@link DropReason} as text
     */
    Map<String, Long> getDropped();

    /**
     * The number of datagrams that the system has dropped before the server could receive them.
     *
     * @return 0 or more, or -1 where the system does not tell
     */
    long getKernelDrops();
}
