package io.tailrace.schemas.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import io.tailrace.schemas.event.ChangeEvent;
import io.tailrace.schemas.event.Decoded;
import io.tailrace.schemas.event.EventCodec;
import io.tailrace.schemas.kind.EndpointKey;
import io.tailrace.schemas.kind.Problem;
import io.tailrace.schemas.kind.ServiceKey;
import io.tailrace.schemas.read.LogReader;
import io.tailrace.schemas.testing.KafkaBroker;
import io.tailrace.schemas.topic.MissingTopicException;
import io.tailrace.schemas.topic.Partitions;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.Topics;
import io.tailrace.schemas.v1.Endpoint;
import io.tailrace.schemas.v1.EndpointSpec;
import io.tailrace.schemas.v1.Metadata;
import io.tailrace.schemas.v1.Service;
import io.tailrace.schemas.v1.ServicePort;
import io.tailrace.schemas.v1.ServiceSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PublisherIT {
    private static KafkaBroker broker;

    @BeforeAll
    static void start() {
        broker = KafkaBroker.startWithTopics();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void anEndpointLiesInTheServicesPartitionUnderItsKeyAsItsSourcesOwn() {
        try (Publisher publisher = publisher("dns-1")) {
            ChangeEvent event = publisher.change(endpoint("shop", "a"));

            List<Published> published = publisher.publish(List.of(event));

            Published at = published.get(0);
            assertThat(at.key()).isEqualTo(new EndpointKey("default", "default", "shop", "dns-1", "a"));
            assertThat(at.topic()).isEqualTo(Topic.ENDPOINTS);
            assertThat(at.partition())
                    .isEqualTo(Partitions.byService(new ServiceKey("default", "default", "shop"), 12));
            ConsumerRecord<byte[], byte[]> record = recordAt(at);
            Decoded decoded = EventCodec.decode(record.key(), record.value(), record.headers());
            assertThat(decoded).isInstanceOf(Decoded.Good.class);
            ChangeEvent read = ((Decoded.Good) decoded).event();
            assertThat(read.object()).isEqualTo(event.object());
            assertThat(read.meta()).isEqualTo(event.meta());
        }
    }

    @Test
    void whatAppearsIsWrittenBeforeWhatVanishes() {
        try (Publisher publisher = publisher("order")) {
            ChangeEvent old = publisher.change(service("old"));
            publisher.publish(List.of(old));

            List<Published> published =
                    publisher.publish(List.of(publisher.deletion(old.key()), publisher.change(service("new"))));

            assertThat(published).extracting(at -> at.key().name()).containsExactly("new", "old");
            assertThat(published.get(0).offset()).isLessThan(published.get(1).offset());
        }
    }

    @Test
    void oneWrongObjectKeepsAllFromTheLogAndEveryProblemIsNamed() {
        try (Publisher publisher = publisher("wrong")) {
            ChangeEvent good = publisher.change(service("good"));
            ChangeEvent bad = publisher.change(service("Not A Name"));
            ChangeEvent worse = publisher.change(service("nor this"));

            assertThatThrownBy(() -> publisher.publish(List.of(good, bad, worse)))
                    .isInstanceOfSatisfying(
                            InvalidObjectsException.class,
                            e -> assertThat(e.problems())
                                    .extracting(Problem::name)
                                    .contains("Not A Name", "nor this"));
            assertThat(recordsOf(Topic.CONFIG))
                    .noneMatch(record -> new String(record.key(), StandardCharsets.UTF_8).endsWith("/good"));
        }
    }

    @Test
    void manyObjectsComeInSeveralTransactionsAndAllAnswersAreThere() {
        try (Publisher publisher = publisher("many")) {
            List<ChangeEvent> events = IntStream.range(0, 2_500)
                    .mapToObj(i -> publisher.change(endpoint("many", "i" + i)))
                    .toList();

            List<Published> published = publisher.publish(events);

            assertThat(published)
                    .extracting(Published::key)
                    .isEqualTo(events.stream().map(ChangeEvent::key).toList());
            assertThat(published).extracting(Published::offset).doesNotHaveDuplicates();
        }
    }

    @Test
    void aSecondPublisherOfASourceFencesTheFirstForGood() {
        try (Publisher first = publisher("twice");
                Publisher second = publisher("twice")) {
            first.publish(List.of(first.change(service("a"))));
            second.publish(List.of(second.change(service("b"))));

            List<ChangeEvent> late = List.of(first.change(service("c")));

            assertThatThrownBy(() -> first.publish(late))
                    .isInstanceOf(FencedException.class)
                    .hasMessageContaining("another process writes as \"tailrace.twice\" now");
            assertThatThrownBy(() -> first.publish(late)).isInstanceOf(FencedException.class);
            assertThat(second.publish(List.of(second.change(service("d"))))).hasSize(1);
        }
    }

    @Test
    void whoseTransactionWasAbortedIsToldSoAndMayGoOn() throws Exception {
        try (Publisher publisher = publisher("slow");
                Admin admin = broker.admin()) {
            publisher.publish(List.of(publisher.change(service("h"))));
            // What the broker does to a transaction that takes too long, without the wait.
            admin.fenceProducers(List.of("tailrace.slow")).all().get();
            List<ChangeEvent> events = List.of(publisher.change(service("i")));

            assertThatThrownBy(() -> publisher.publish(events))
                    .isInstanceOf(PublishFailedException.class)
                    .hasMessageContaining("read from the log what was published before publishing again");
            assertThat(publisher.publish(events)).hasSize(1);
        }
    }

    @Test
    void openingEndsWhatTheOneBeforeHadOpen() throws Exception {
        TransactionalLog hung = TransactionalLog.ofOwnName(broker.kafka(), "tailrace.opened");
        try (Publisher next = publisher("opened")) {
            hung.open();
            next.open();

            assertThatThrownBy(
                            () -> hung.commit(List.of(new ProducerRecord<>("tailrace.config", 0, null, new byte[1]))))
                    .isInstanceOf(PublishFailedException.class);
            assertThat(next.publish(List.of(next.change(service("j"))))).hasSize(1);
        } finally {
            hung.close();
        }
    }

    @Test
    void commandsOfOneSourceDontFenceEachOther() {
        PublisherConfig config = PublisherConfig.ofCommand(broker.kafka(), Topics.DEFAULT, "apply");
        PublisherConfig other = PublisherConfig.ofCommand(broker.kafka(), Topics.DEFAULT, "apply");
        try (Publisher first = new Publisher(config);
                Publisher second = new Publisher(other)) {
            first.publish(List.of(first.change(service("e"))));
            second.publish(List.of(second.change(service("f"))));

            assertThat(first.publish(List.of(first.change(service("g"))))).hasSize(1);
        }
    }

    @Test
    void missingTopicsAreAnErrorThatSaysHowToMakeThem() {
        PublisherConfig config = PublisherConfig.ofSource(broker.kafka(), new Topics("nowhere."), "x");
        try (Publisher publisher = new Publisher(config)) {
            assertThatThrownBy(() -> publisher.publish(List.of(publisher.change(service("a")))))
                    .isInstanceOf(MissingTopicException.class)
                    .hasMessageContaining("nowhere.config")
                    .hasMessageContaining("tailrace topics create");
        }
    }

    private static Publisher publisher(String source) {
        return new Publisher(PublisherConfig.ofSource(broker.kafka(), Topics.DEFAULT, source));
    }

    private static Message endpoint(String service, String name) {
        return Endpoint.newBuilder()
                .setMetadata(Metadata.newBuilder().setName(name))
                .setSpec(EndpointSpec.newBuilder()
                        .setService(service)
                        .setAddress("10.0.0.1")
                        .putPorts("http", 8080))
                .build();
    }

    private static Message service(String name) {
        return Service.newBuilder()
                .setMetadata(Metadata.newBuilder().setName(name))
                .setSpec(ServiceSpec.newBuilder()
                        .addPorts(ServicePort.newBuilder()
                                .setName("http")
                                .setPort(80)
                                .setProtocol(ServicePort.Protocol.HTTP1)))
                .build();
    }

    private static ConsumerRecord<byte[], byte[]> recordAt(Published at) {
        return recordsOf(at.topic()).stream()
                .filter(record -> record.partition() == at.partition() && record.offset() == at.offset())
                .findFirst()
                .orElseThrow();
    }

    private static List<ConsumerRecord<byte[], byte[]>> recordsOf(Topic topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        LogReader.readTopicsToEnd(broker.kafka(), List.of(Topics.DEFAULT.name(topic)), records::add, progress -> {});
        return records;
    }
}
