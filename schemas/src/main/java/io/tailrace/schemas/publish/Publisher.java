package io.tailrace.schemas.publish;

import com.google.protobuf.Message;
import io.tailrace.schemas.check.Normalization;
import io.tailrace.schemas.check.Validation;
import io.tailrace.schemas.event.ChangeEvent;
import io.tailrace.schemas.event.EventMeta;
import io.tailrace.schemas.kind.InvalidKeyException;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.kind.Problem;
import io.tailrace.schemas.publish.Batches.Outgoing;
import io.tailrace.schemas.registry.RegistryException;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.Topics;
import io.tailrace.schemas.v1.Endpoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The one way to write to {@code config}, {@code endpoints} and {@code secrets}: objects are normalized and validated,
 * lie in the partition of their mesh or service, and come in transactions of one writer for each source. For one thread
 * at a time; connects with the first publication.
 */
public final class Publisher implements AutoCloseable {
    private final PublisherConfig config;
    private final EventRecords records;
    private final TransactionalLog log;

    public Publisher(PublisherConfig config) {
        this.config = config;
        this.records = new EventRecords(config.kafka(), config.topics());
        String name = config.topics().prefix() + config.writer();
        this.log = new TransactionalLog(config.kafka(), name, ownership(config));
    }

    /**
     * Connects now, and fences the publisher before; else the first publication does. A connector that learns what it had
     * published opens first: then nothing more of its name can come. Throws as {@link #publish} does.
     */
    public void open() {
        log.open();
    }

    /**
     * The event that this object is as it is given here, of this publisher's source, now. An endpoint that doesn't say its
     * source has the publisher's. Throws {@link InvalidObjectsException} if it lacks what its key is made of.
     */
    public ChangeEvent change(Message object) {
        Message normalized = Normalization.normalize(withSource(object));
        try {
            return new ChangeEvent(ObjectKey.of(normalized), normalized, meta());
        } catch (InvalidKeyException e) {
            throw new InvalidObjectsException(List.of(e.problem()));
        }
    }

    /** The event that this object is gone. */
    public ChangeEvent deletion(ObjectKey key) {
        return new ChangeEvent(key, null, meta());
    }

    /**
     * Writes these events, what appears before what vanishes, in one transaction if there are at most 1,000 of at most
     * 8 MiB, else in several, and returns where each lies, in the order written. Their source becomes this publisher's.
     *
     * <p>Throws {@link InvalidObjectsException} (nothing is written), {@link FencedException} (for good),
     * {@link PublishFailedException}, {@link io.tailrace.schemas.topic.MissingTopicException} and
     * {@link io.tailrace.schemas.topic.KafkaUnreachableException} (nothing is written).
     */
    public List<Published> publish(List<ChangeEvent> events) {
        return publish(events, written -> {});
    }

    /** As {@link #publish(List)}; {@code written} is told after each transaction how many events are on the log. */
    public List<Published> publish(List<ChangeEvent> events, IntConsumer written) {
        List<Outgoing> outgoing = new ArrayList<>();
        for (ChangeEvent event : Batches.appearsFirst(valid(events))) {
            outgoing.add(new Outgoing(event, record(event)));
        }
        refuseOversize(outgoing);
        List<Published> published = new ArrayList<>();
        for (List<Outgoing> batch : Batches.cut(outgoing)) {
            published.addAll(commit(batch, published));
            written.accept(published.size());
        }
        return published;
    }

    private ProducerRecord<byte[], byte[]> record(ChangeEvent event) {
        try {
            return records.of(event);
        } catch (RegistryException e) {
            throw new PublishFailedException(String.valueOf(e.getMessage()), List.of(), e);
        }
    }

    private List<Published> commit(List<Outgoing> batch, List<Published> before) {
        try {
            List<RecordMetadata> written =
                    log.commit(batch.stream().map(Outgoing::record).toList());
            List<Published> published = new ArrayList<>();
            for (int i = 0; i < written.size(); i++) {
                ObjectKey key = batch.get(i).event().key();
                RecordMetadata at = written.get(i);
                published.add(new Published(key, Topic.of(key), at.partition(), at.offset()));
            }
            return published;
        } catch (PublishFailedException e) {
            throw before.isEmpty() ? e : e.after(before);
        }
    }

    private List<ChangeEvent> valid(List<ChangeEvent> events) {
        List<Problem> problems = new ArrayList<>();
        List<ChangeEvent> valid = new ArrayList<>();
        for (ChangeEvent event : events) {
            Message object = event.object();
            EventMeta meta = complete(event.meta());
            if (object == null) {
                valid.add(new ChangeEvent(event.key(), null, meta));
                continue;
            }
            Message normalized = Normalization.normalize(object);
            List<Problem> found = new ArrayList<>(Validation.check(normalized));
            if (found.isEmpty()) {
                otherKey(event.key(), normalized, found);
            }
            problems.addAll(found);
            valid.add(new ChangeEvent(event.key(), normalized, meta));
        }
        if (!problems.isEmpty()) {
            throw new InvalidObjectsException(problems);
        }
        return valid;
    }

    private static void otherKey(ObjectKey key, Message object, List<Problem> problems) {
        ObjectKey own = ObjectKey.of(object);
        if (!own.equals(key)) {
            problems.add(Problem.of("key", "\"" + key + "\"", "the object's own, \"" + own + "\"")
                    .in(own.kind().id(), own.namespace(), own.name()));
        }
    }

    private static void refuseOversize(List<Outgoing> all) {
        List<Problem> problems = new ArrayList<>();
        for (Outgoing outgoing : all) {
            int size = EventRecords.size(outgoing.record());
            if (size > Topic.maxInputBytes()) {
                ObjectKey key = outgoing.event().key();
                problems.add(Problem.of("", size + " bytes", "at most " + Topic.maxInputBytes() + " bytes")
                        .in(key.kind().id(), key.namespace(), key.name()));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidObjectsException(problems);
        }
    }

    private Message withSource(Message object) {
        if (object instanceof Endpoint endpoint
                && endpoint.getSpec().getSource().isEmpty()) {
            Endpoint.Builder filled = endpoint.toBuilder();
            filled.getSpecBuilder().setSource(config.source());
            return filled.build();
        }
        return object;
    }

    private EventMeta meta() {
        return new EventMeta(
                UUID.randomUUID().toString(), config.source(), Instant.now(), config.author(), config.reason());
    }

    private EventMeta complete(EventMeta given) {
        EventMeta ours = meta();
        return new EventMeta(
                given.id().isEmpty() ? ours.id() : given.id(),
                ours.source(),
                given.time().equals(Instant.EPOCH) ? ours.time() : given.time(),
                given.author().isEmpty() ? ours.author() : given.author(),
                given.reason().isEmpty() ? ours.reason() : given.reason());
    }

    private static Ownership ownership(PublisherConfig config) {
        if (!config.shared()) {
            return Ownership.undisputed();
        }
        Topics topics = config.topics();
        return Ownership.marked(
                config.kafka(),
                PublisherConfig.markOf(topics, config.writer()),
                new TopicPartition(topics.name(Topic.CONFIG), 0));
    }

    @Override
    public void close() {
        log.close();
        records.close();
    }
}
