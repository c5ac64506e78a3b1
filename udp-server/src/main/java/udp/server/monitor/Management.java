package udp.server.monitor;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Supplier;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import udp.server.statistics.ServerMXBean;
import udp.server.statistics.Statistics;

/** The counts of a server as an MXBean of the platform's MBean server, which lives as long as the JVM. */
public final class Management {
    private Management() {}

    /** Registers a server under its port, such as {@code udp.server:type=Server,port=50007}. */
    public static void register(int port, Supplier<Statistics> statistics, Supplier<OptionalLong> kernelDrops)
            throws IOException {
        try {
            Counts counts = new Counts(statistics, kernelDrops);
            ManagementFactory.getPlatformMBeanServer()
                    .registerMBean(
                            new StandardMBean(counts, ServerMXBean.class, true),
                            new ObjectName("udp.server:type=Server,port=" + port));
        } catch (JMException e) {
            throw new IOException("the counters cannot be shown (--jmx): " + e, e);
        }
    }

    private record Counts(Supplier<Statistics> statistics, Supplier<OptionalLong> kernelDrops) implements ServerMXBean {
        @Override
        public long getReceived() {
            return statistics.get().received();
        }

        @Override
        public long getReplied() {
            return statistics.get().replied();
        }

        @Override
        public Map<String, Long> getDropped() {
            Map<String, Long> dropped = new TreeMap<>();
            statistics.get().dropped().forEach((reason, count) -> dropped.put(reason.toString(), count));
            return dropped;
        }

        @Override
        public long getKernelDrops() {
            return kernelDrops.get().orElse(-1);
        }
    }
}
