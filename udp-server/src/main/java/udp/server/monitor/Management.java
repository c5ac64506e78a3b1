package udp.server.monitor;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import udp.server.Server;

/** A server's counters as an MXBean of the platform's MBean server, which is made by that, and for as long as the JVM runs. */
public final class Management {
    private Management() {}

    /** Named by the port, such as {@code udp.server:type=Server,port=50007}. */
    public static void register(Server server) throws IOException {
        try {
            ManagementFactory.getPlatformMBeanServer()
                    .registerMBean(
                            new StandardMBean(new Counts(server), ServerMXBean.class, true),
                            new ObjectName("udp.server:type=Server,port="
                                    + server.localAddress().getPort()));
        } catch (JMException e) {
            throw new IOException("the counters cannot be shown (--jmx): " + e, e);
        }
    }

    private record Counts(Server server) implements ServerMXBean {
        @Override
        public long getReceived() {
            return server.statistics().received();
        }

        @Override
        public long getAnswered() {
            return server.statistics().answered();
        }

        @Override
        public Map<String, Long> getDropped() {
            Map<String, Long> dropped = new TreeMap<>();
            server.statistics().dropped().forEach((reason, count) -> dropped.put(reason.toString(), count));
            return dropped;
        }

        @Override
        public long getKernelDrops() {
            return server.kernelDrops().orElse(-1);
        }
    }
}
