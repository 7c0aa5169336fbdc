package io.tailrace.cli.past;

import java.lang.management.ManagementFactory;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** What a broker in this JVM has sent to its readers, by topic: all that went over the wire, control records too. */
record BytesRead(SortedMap<String, Long> byTopic) {
    static BytesRead now() {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        SortedMap<String, Long> bytes = new TreeMap<>();
        try {
            ObjectName all = new ObjectName("kafka.server:type=BrokerTopicMetrics,name=BytesOutPerSec,topic=*");
            for (ObjectName name : beans.queryNames(all, null)) {
                bytes.put(name.getKeyProperty("topic"), (Long) beans.getAttribute(name, "Count"));
            }
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
        return new BytesRead(bytes);
    }

    /** What was sent of topics that begin with {@code prefix} from {@code before} to this moment. */
    BytesRead since(BytesRead before, String prefix) {
        SortedMap<String, Long> bytes = new TreeMap<>();
        byTopic.forEach((topic, count) -> {
            long more = count - before.byTopic.getOrDefault(topic, 0L);
            if (topic.startsWith(prefix) && more > 0) {
                bytes.put(topic, more);
            }
        });
        return new BytesRead(bytes);
    }

    @Override
    public String toString() {
        return sum() + " bytes " + byTopic;
    }

    long sum() {
        return byTopic.values().stream().mapToLong(Long::longValue).sum();
    }
}
