package io.tailrace.bench.pipeline;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.tailrace.bench.process.BenchFailedException;
import io.tailrace.bench.process.Stamp;
import io.tailrace.bench.workload.Edition;
import io.tailrace.bench.workload.Names;
import io.tailrace.schemas.event.ChangeEvent;
import io.tailrace.schemas.publish.Publisher;
import io.tailrace.schemas.publish.PublisherConfig;
import io.tailrace.schemas.read.LogReader;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.Topics;
import io.tailrace.schemas.v1.EndpointSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Publishes a mesh as a connector does, then events of its services in turn, and knows what was published. */
public final class Events implements AutoCloseable {
    private static final int SECONDS_TO_SETTLE = 120;

    private final Map<String, Object> kafka;
    private final Topics topics;
    private final ServiceMesh mesh;
    private final Publisher publisher;
    private final int[] editions;
    private int published;

    public Events(Map<String, Object> kafka, Topics topics, ServiceMesh mesh) {
        this.kafka = kafka;
        this.topics = topics;
        this.mesh = mesh;
        publisher = new Publisher(PublisherConfig.ofSource(kafka, topics, "bench"));
        editions = new int[mesh.services()];
    }

    /** Returns when the translator has made load assignments of all. */
    public void publish(List<Message> config) throws InterruptedException {
        publishAsTheyAre(config);
        publishAsTheyAre(mesh.allEndpoints());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_SETTLE);
        while (assignments().wrong(mesh, editions) > 0) {
            if (System.nanoTime() > end) {
                throw new BenchFailedException("the translator hasn't made load assignments of all services");
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    /** Events of their own, whatever stands already. */
    public void publishAsTheyAre(List<Message> objects) {
        publisher.publish(objects.stream().map(publisher::change).toList());
    }

    /** An event for each of these moments, when it was due, all in one transaction; returns them with these moments. */
    public List<Stamp> publishNext(List<Long> due) {
        List<Stamp> next = new ArrayList<>();
        List<ChangeEvent> events = new ArrayList<>();
        for (long micros : due) {
            int service = published++ % mesh.services();
            int edition = ++editions[service];
            next.add(new Stamp(service, edition, micros));
            events.add(publisher.change(mesh.first(service, edition)));
        }
        publisher.publish(events);
        return next;
    }

    /** When each edition of each service was appended to the log, in microseconds since 1970. */
    public Map<Stamp.Subject, Long> appended() {
        Map<Stamp.Subject, Long> all = new HashMap<>();
        LogReader.readTopicsToEnd(
                kafka,
                List.of(topics.name(Topic.ENDPOINTS)),
                record -> all.put(subject(record), record.timestamp() * 1_000),
                _ -> {});
        return all;
    }

    private static Stamp.Subject subject(ConsumerRecord<byte[], byte[]> record) {
        try {
            EndpointSpec spec =
                    io.tailrace.schemas.v1.Endpoint.parseFrom(record.value()).getSpec();
            int port = spec.getPortsOrThrow(Names.PORT_NAME);
            return new Stamp.Subject(Names.numberOf(spec.getService()), port - Edition.FIRST_PORT);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("an unreadable event on endpoints", e);
        }
    }

    Assignments assignments() {
        return Assignments.read(kafka, topics);
    }

    /** Bytes of a load assignment. */
    public int bytesOfAnAssignment() {
        return assignments().bytes();
    }

    /** What clients should have: what stands, if that is what was published. */
    public int[] truth() {
        Assignments stand = assignments();
        long wrong = stand.wrong(mesh, editions);
        if (wrong > 0) {
            throw new BenchFailedException(wrong + " load assignments on the log are not what was published");
        }
        return stand.hashes();
    }

    @Override
    public void close() {
        publisher.close();
    }
}
