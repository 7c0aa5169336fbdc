package io.tailrace.translator.streams;

import io.tailrace.schemas.topic.Topic;
import io.tailrace.translator.lane.Place;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * One task of a lane: turns records into what the lane understands, and what it decides into records. All that an event
 * leads to, and then its marker, is written in one call of process(), between which alone Kafka Streams commits; and all
 * of it is computed before the first put, so that an event that breaks something can be given up whole.
 */
final class LaneProcessor implements Processor<byte[], byte[], OutKey, byte[]> {
    private static final Duration TICK = Duration.ofMillis(100);

    private final LaneEnvironment environment;
    private List<TopicPartition> partitions = List.of();
    private @Nullable LaneTask task;
    private @Nullable ProcessorContext<OutKey, byte[]> context;

    LaneProcessor(LaneEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public void init(ProcessorContext<OutKey, byte[]> given) {
        context = given;
        int partition = given.taskId().partition();
        partitions = environment.lane().inputs().stream()
                .map(input -> new TopicPartition(environment.name(input), partition))
                .toList();
        task = new LaneTask(environment, given);
        given.schedule(
                TICK,
                PunctuationType.WALL_CLOCK_TIME,
                now -> Objects.requireNonNull(task).tick(now));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        ProcessorContext<OutKey, byte[]> context = Objects.requireNonNull(this.context);
        RecordMetadata metadata = context.recordMetadata().orElseThrow();
        Topic topic = environment.topics().topic(metadata.topic()).orElseThrow();
        Place place = new Place(topic, metadata.partition(), metadata.offset(), record.timestamp());
        Backlog backlog = Backlog.ofThisThread();
        backlog.taken(new TopicPartition(metadata.topic(), metadata.partition()), metadata.offset());
        boolean isLast = partitions.stream().noneMatch(backlog::has);
        Incoming incoming = new Incoming(place, record.key(), record.value(), record.headers());
        if (Objects.requireNonNull(task).take(incoming, isLast)) {
            backlog.written();
        }
        if (backlog.isDone()) {
            context.commit();
        }
    }

    @Override
    public void close() {
        partitions.forEach(Backlog.ofThisThread()::dropped);
        partitions.forEach(input -> environment.lostInputs().forget(input.partition()));
    }
}
