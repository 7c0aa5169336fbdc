package io.tailrace.cli.broker;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersResult.PartitionProducerState;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends transactions that hang: open in a partition's log, though their coordinator knows nothing of them there. A broker
 * that was killed amid commits leaves one now and then (seen on 4.3.1), nobody ever ends it, and whoever reads
 * read_committed waits in front of it for good. Kafka has a tool to find and abort them, by the same rule as here.
 */
final class HangingTransactions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HangingTransactions.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    // Their markers are being written: they end by themselves.
    private static final Set<TransactionState> ENDING = Set.of(
            TransactionState.PREPARE_COMMIT,
            TransactionState.PREPARE_ABORT,
            TransactionState.PREPARE_EPOCH_FENCE,
            TransactionState.UNKNOWN);

    private final Admin admin;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().name("hanging-transactions").daemon().unstarted(task));
    // The thread's own.
    private Set<Open> suspects = Set.of();

    /** A transaction that is open in a partition's log. */
    private record Open(TopicPartition partition, long producerId, int epoch, int coordinatorEpoch, long start) {}

    private HangingTransactions(Admin admin) {
        this.admin = admin;
    }

    /** Looks every 5 s, until it is closed. */
    static HangingTransactions watch(String bootstrapServers) {
        HangingTransactions watch =
                new HangingTransactions(Admin.create(Map.of("bootstrap.servers", (Object) bootstrapServers)));
        var _ = watch.thread.scheduleWithFixedDelay(
                watch::sweep, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    @Override
    public void close() {
        thread.shutdownNow();
        admin.close(Duration.ZERO);
    }

    private void sweep() {
        try {
            Set<Open> open = open();
            // A partition joins a transaction before its first record is written: what its coordinator didn't know of
            // when it was open already, and is open still, never will end.
            for (Open each : suspects) {
                if (open.contains(each)) {
                    end(each);
                }
            }
            suspects = unknownToTheirCoordinators(open);
        } catch (ExecutionException | KafkaException e) {
            LOG.atDebug().setCause(e).log("could not look for hanging transactions");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Set<Open> open() throws ExecutionException, InterruptedException {
        Set<String> topics = new HashSet<>(admin.listTopics(new ListTopicsOptions().listInternal(true))
                .names()
                .get());
        topics.remove("__transaction_state");
        List<TopicPartition> partitions = admin.describeTopics(topics).allTopicNames().get().values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
        Map<TopicPartition, PartitionProducerState> producers =
                admin.describeProducers(partitions).all().get();
        Set<Open> open = new HashSet<>();
        producers.forEach((partition, state) -> state.activeProducers().stream()
                .filter(producer -> producer.currentTransactionStartOffset().isPresent())
                .map(producer -> new Open(
                        partition,
                        producer.producerId(),
                        producer.producerEpoch(),
                        producer.coordinatorEpoch().orElse(0),
                        producer.currentTransactionStartOffset().getAsLong()))
                .forEach(open::add));
        return open;
    }

    private Set<Open> unknownToTheirCoordinators(Set<Open> open) throws ExecutionException, InterruptedException {
        if (open.isEmpty()) {
            return Set.of();
        }
        Set<Long> producers = open.stream().map(Open::producerId).collect(Collectors.toSet());
        Collection<TransactionListing> listed = admin.listTransactions(
                        new ListTransactionsOptions().filterProducerIds(producers))
                .all()
                .get();
        Map<Long, TransactionDescription> known = new HashMap<>();
        admin.describeTransactions(
                        listed.stream().map(TransactionListing::transactionalId).toList())
                .all()
                .get()
                .values()
                .forEach(transaction -> known.put(transaction.producerId(), transaction));
        return open.stream().filter(each -> isUnknown(each, known)).collect(Collectors.toSet());
    }

    private static boolean isUnknown(Open open, Map<Long, TransactionDescription> known) {
        TransactionDescription transaction = known.get(open.producerId());
        return transaction == null
                || (!ENDING.contains(transaction.state())
                        && !transaction.topicPartitions().contains(open.partition()));
    }

    private void end(Open open) throws ExecutionException, InterruptedException {
        admin.abortTransaction(new AbortTransactionSpec(
                        open.partition(), open.producerId(), (short) open.epoch(), open.coordinatorEpoch()))
                .all()
                .get();
        LOG.atWarn()
                .addKeyValue("partition", open.partition())
                .addKeyValue("offset", open.start())
                .addKeyValue("producer", open.producerId())
                .log("a hanging transaction was aborted");
    }
}
