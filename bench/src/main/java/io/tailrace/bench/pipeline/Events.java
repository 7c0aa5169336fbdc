package io.tailrace.bench.pipeline;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.tailrace.bench.process.BenchFailedException;
import io.tailrace.bench.process.Parts;
import io.tailrace.bench.process.Stamp;
import io.tailrace.bench.workload.Edition;
import io.tailrace.bench.workload.Names;
import io.tailrace.schemas.event.ChangeEvent;
import io.tailrace.schemas.publish.PublishFailedException;
import io.tailrace.schemas.publish.Published;
import io.tailrace.schemas.publish.Publisher;
import io.tailrace.schemas.publish.PublisherConfig;
import io.tailrace.schemas.read.LogReader;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.Topics;
import io.tailrace.schemas.v1.Endpoint;
import io.tailrace.schemas.v1.EndpointSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Publishes a mesh as a connector does, then events of its services in turn, and knows what was published. */
public final class Events implements Parts.Part {
    private static final int SECONDS_TO_SETTLE = 300;

    private final Map<String, Object> kafka;
    private final Topics topics;
    private final ServiceMesh mesh;
    private final Publisher publisher;
    private final int[] editions;
    private int next;

    public Events(Map<String, Object> kafka, Topics topics, ServiceMesh mesh) {
        this.kafka = kafka;
        this.topics = topics;
        this.mesh = mesh;
        publisher = new Publisher(PublisherConfig.ofSource(kafka, topics, "bench"));
        editions = new int[mesh.services()];
    }

    /**
     * The mesh's endpoints too, and before the services, so that each load assignment is written once. Returns when the
     * translator has made them all.
     */
    public void publish(List<Message> config) throws InterruptedException {
        publishAsTheyAre(mesh.allEndpoints());
        publishAsTheyAre(config);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_SETTLE);
        while (assignments().wrong(mesh, editions) > 0) {
            if (System.nanoTime() > end) {
                throw new BenchFailedException("the translator hasn't made load assignments of all services");
            }
            TimeUnit.SECONDS.sleep(1);
        }
    }

    /** Events of their own, whatever stands already. */
    public List<Published> publishAsTheyAre(List<Message> objects) {
        return write(objects.stream().map(publisher::change).toList());
    }

    /** An event of the next service for each of these moments, when it was due, all in one transaction. */
    public List<Stamp> publishNext(List<Long> due) {
        List<Stamp> stamps = new ArrayList<>();
        List<ChangeEvent> events = new ArrayList<>();
        for (long micros : due) {
            int service = next;
            events.add(nextEvent());
            stamps.add(new Stamp(service, editions[service], micros));
        }
        write(events);
        return stamps;
    }

    /** So many events of the next services, as fast as can be. */
    public List<Published> publishNext(int count) {
        List<ChangeEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(nextEvent());
        }
        return write(events);
    }

    private ChangeEvent nextEvent() {
        int service = next;
        next = (next + 1) % mesh.services();
        return publisher.change(mesh.first(service, ++editions[service]));
    }

    private List<Published> write(List<ChangeEvent> events) {
        try {
            return publisher.publish(events);
        } catch (PublishFailedException e) {
            throw new BenchFailedException("events can't be published: " + e.getMessage());
        }
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
            EndpointSpec spec = Endpoint.parseFrom(record.value()).getSpec();
            int port = spec.getPortsOrThrow(Names.PORT_NAME);
            return new Stamp.Subject(Names.numberOf(spec.getService()), port - Edition.FIRST_PORT);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("an unreadable event on endpoints", e);
        }
    }

    private Assignments assignments() {
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
