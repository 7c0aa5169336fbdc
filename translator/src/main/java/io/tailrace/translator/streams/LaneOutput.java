package io.tailrace.translator.streams;

import io.tailrace.schemas.event.DeadLetter;
import io.tailrace.schemas.event.DeadLetters;
import io.tailrace.schemas.kind.Problem;
import io.tailrace.schemas.kind.ServiceKey;
import io.tailrace.schemas.topic.Partitions;
import io.tailrace.schemas.topic.RecordKeys;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.translator.lane.Change;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Where a task's records go: to its own partition, but for policies, which go by service, and dead letters. */
final class LaneOutput {
    private final LaneEnvironment environment;
    private final LogFacts facts;
    private final ProcessorContext<OutKey, byte[]> context;
    private final int partition;

    LaneOutput(LaneEnvironment environment, LogFacts facts, ProcessorContext<OutKey, byte[]> context) {
        this.environment = environment;
        this.facts = facts;
        this.context = context;
        partition = context.taskId().partition();
    }

    void write(Change.Write write) {
        forward(write.topic(), OutKey.of(partition(write), write.key()), write.value(), new RecordHeaders());
        environment.metrics().written();
    }

    void marker(byte[] value) {
        forward(environment.lane().markers(), OutKey.of(partition, RecordKeys.MARKER), value, new RecordHeaders());
    }

    void deadLetter(Incoming incoming, List<Problem> reasons) {
        DeadLetters.Origin origin = new DeadLetters.Origin(
                environment.name(incoming.place().topic()),
                incoming.place().partition(),
                incoming.place().offset());
        DeadLetter letter = DeadLetters.of(origin, incoming.key(), incoming.value(), incoming.headers(), reasons);
        forward(Topic.DEAD_LETTERS, new OutKey(0, letter.key()), letter.value(), letter.headers());
        environment.metrics().deadLetter();
    }

    private int partition(Change.Write write) {
        if (write.topic().partitioning() == environment.partitioning()) {
            return partition;
        }
        String topic = environment.name(write.topic());
        return Partitions.byService(ServiceKey.parse(write.key()), facts.partitions(topic));
    }

    private void forward(Topic topic, OutKey key, byte @Nullable [] value, Headers headers) {
        // The brokers set the time of append; Kafka Streams wants one of its own all the same.
        context.forward(new Record<>(key, value, context.currentSystemTimeMs(), headers), LaneTopology.sinkName(topic));
    }
}
