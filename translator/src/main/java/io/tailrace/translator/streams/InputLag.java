package io.tailrace.translator.streams;

import org.apache.kafka.common.Metric;
import org.apache.kafka.streams.KafkaStreams;

/** How far a lane is behind the ends of its inputs, by its consumers' own metrics. */
final class InputLag {
    private InputLag() {}

    /** In records, over all partitions of this instance. */
    static double of(KafkaStreams streams) {
        return streams.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("records-lag"))
                .filter(metric -> !metric.metricName()
                        .tags()
                        .getOrDefault("client-id", "")
                        .contains("restore"))
                .mapToDouble(InputLag::value)
                .filter(lag -> !Double.isNaN(lag))
                .sum();
    }

    private static double value(Metric metric) {
        return metric.metricValue() instanceof Number number ? number.doubleValue() : 0;
    }
}
