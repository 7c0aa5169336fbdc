package io.tailrace.schemas.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compares the brokers' own settings, which topics cannot override, with what failover and transactions need. */
final class BrokerCheck {
    private static final String TRANSACTION_CLEANUP = "transaction.abort.timed.out.transaction.cleanup.interval.ms";
    private static final long WANTED_CLEANUP_MS = 1_000;

    /** The longest transaction timeout that a publisher or a translator asks for. */
    private static final long TRANSACTION_TIMEOUT_MS = 3_000;

    private BrokerCheck() {}

    static List<Difference> differences(Map<String, Map<String, String>> brokers) {
        List<Difference> differences = new ArrayList<>();
        brokers.forEach((id, settings) -> {
            String where = "broker " + id;
            Difference.ofSetting(
                            where,
                            "auto.create.topics.enable",
                            settings.getOrDefault("auto.create.topics.enable", "false"),
                            "false",
                            "a mistyped name or prefix makes a topic with the wrong partitions and settings")
                    .ifPresent(differences::add);
            differences.addAll(failover(where, settings));
            differences.addAll(transactions(where, settings));
            for (String internal :
                    List.of("transaction.state.log.replication.factor", "offsets.topic.replication.factor")) {
                long replicas = number(settings, internal, 1);
                if (replicas > brokers.size()) {
                    differences.add(new Difference(
                            where,
                            internal,
                            Long.toString(replicas),
                            "at most " + brokers.size() + ", the number of brokers",
                            "the internal topic can't be made: no transaction and no consumer group works"));
                }
            }
        });
        return differences;
    }

    /** A hung writer's transaction blocks readers until it has timed out and the broker has looked at it. */
    private static List<Difference> failover(String where, Map<String, String> settings) {
        long found = number(settings, TRANSACTION_CLEANUP, 10_000);
        if (found <= WANTED_CLEANUP_MS) {
            return List.of();
        }
        Duration blocked = Duration.ofMillis(TRANSACTION_TIMEOUT_MS + found);
        return List.of(new Difference(
                where,
                TRANSACTION_CLEANUP,
                Long.toString(found),
                "at most " + WANTED_CLEANUP_MS,
                "after a writer dies in a transaction, readers may wait up to " + blocked.toSeconds()
                        + " s for what comes behind it, instead of "
                        + Duration.ofMillis(TRANSACTION_TIMEOUT_MS + WANTED_CLEANUP_MS)
                                .toSeconds() + " s"));
    }

    private static List<Difference> transactions(String where, Map<String, String> settings) {
        long longest = number(settings, "transaction.max.timeout.ms", TRANSACTION_TIMEOUT_MS);
        if (longest >= TRANSACTION_TIMEOUT_MS) {
            return List.of();
        }
        return List.of(new Difference(
                where,
                "transaction.max.timeout.ms",
                Long.toString(longest),
                "at least " + TRANSACTION_TIMEOUT_MS,
                "no publisher and no translator can start"));
    }

    private static long number(Map<String, String> settings, String name, long otherwise) {
        String value = settings.get(name);
        return value == null ? otherwise : Long.parseLong(value);
    }
}
