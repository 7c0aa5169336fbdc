package io.tailrace.translator.streams;

import io.tailrace.schemas.topic.Topic;
import io.tailrace.translator.lane.Place;
import java.time.Duration;
import java.util.Objects;
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
    private @Nullable LaneTask task;
    private @Nullable ProcessorContext<OutKey, byte[]> context;

    LaneProcessor(LaneEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public void init(ProcessorContext<OutKey, byte[]> given) {
        context = given;
        task = new LaneTask(environment, given);
        given.schedule(
                TICK,
                PunctuationType.WALL_CLOCK_TIME,
                now -> Objects.requireNonNull(task).tick(now));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata metadata =
                Objects.requireNonNull(context).recordMetadata().orElseThrow();
        Topic topic = environment.topics().topic(metadata.topic()).orElseThrow();
        Place place = new Place(topic, metadata.partition(), metadata.offset(), record.timestamp());
        Objects.requireNonNull(task).take(new Incoming(place, record.key(), record.value(), record.headers()));
    }
}
