package io.tailrace.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.tailrace.schemas.check.Validation;
import io.tailrace.schemas.event.ChangeEvent;
import io.tailrace.schemas.event.Decoded;
import io.tailrace.schemas.event.EventCodec;
import io.tailrace.schemas.kind.EndpointKey;
import io.tailrace.schemas.publish.Published;
import io.tailrace.schemas.publish.Publisher;
import io.tailrace.schemas.publish.PublisherConfig;
import io.tailrace.schemas.read.LogReader;
import io.tailrace.schemas.testing.KafkaBroker;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.Topics;
import io.tailrace.schemas.v1.Endpoint;
import io.tailrace.schemas.v1.EndpointSpec;
import io.tailrace.schemas.v1.Metadata;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Scanner;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Runs the examples of the module's README as they stand there. */
class ProducerPageIT {
    private static final Path MODULE = Path.of(System.getProperty("basedir", ""));
    private static final EndpointKey KEY = new EndpointKey("default", "default", "shop", "vm-inventory", "vm-17");
    private static final Endpoint ENDPOINT = Endpoint.newBuilder()
            .setMetadata(Metadata.newBuilder()
                    .setMesh("default")
                    .setNamespace("default")
                    .setName("vm-17"))
            .setSpec(EndpointSpec.newBuilder()
                    .setService("shop")
                    .setSource("vm-inventory")
                    .setInstance("vm-17")
                    .setAddress("10.1.2.3")
                    .putPorts("http", 8080))
            .build();

    private KafkaBroker broker;

    @BeforeEach
    void start() {
        broker = KafkaBroker.startWithTopics();
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void theJavaExampleIsTheCodeBelow() throws IOException {
        String source = Files.readString(MODULE.resolve("src/test/java/io/tailrace/schemas/ProducerPageIT.java"));
        int begin = source.indexOf("// README begins\n") + "// README begins\n".length();
        String code = source.substring(begin, source.indexOf("        // README ends\n"));

        assertThat(examples("java")).containsExactly(code.stripTrailing().stripIndent() + "\n");
    }

    @Test
    void theJavaExamplePublishesTheEndpointAndTakesItAway() {
        example(broker.bootstrapServers());

        List<ChangeEvent> events = read(Topic.ENDPOINTS).stream()
                .map(record -> good(EventCodec.decode(record.key(), record.value(), record.headers())))
                .toList();
        assertThat(events).extracting(ChangeEvent::key).containsExactly(KEY, KEY);
        assertThat(events).extracting(ChangeEvent::object).containsExactly(ENDPOINT, null);
    }

    @Test
    void theConsoleProducerPublishesTheSameEndpoint(@TempDir Path folder) throws Exception {
        Path events =
                Files.writeString(folder.resolve("events.txt"), examples("text").get(0));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.apache.kafka.tools.ConsoleProducer"));
        Scanner shell = new Scanner(examples("sh").get(0).replace("\\\n", " ").replace("'", ""));
        assertThat(shell.next()).isEqualTo("kafka-console-producer.sh");
        while (!shell.hasNext("<")) {
            command.add(shell.next().replace("127.0.0.1:9092", broker.bootstrapServers()));
        }

        Process process = new ProcessBuilder(command)
                .redirectInput(events.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(inbox()).singleElement().satisfies(event -> {
            assertThat(event.key()).isEqualTo(KEY);
            assertThat(event.object()).isEqualTo(ENDPOINT);
        });
    }

    @Test
    void plainRecordsPublishTheSameEndpointAndTakeItAway() throws Exception {
        try (Producer<String, String> producer =
                new KafkaProducer<>(broker.kafka(), new StringSerializer(), new StringSerializer())) {
            for (String example : examples("yaml record")) {
                if (!example.startsWith("topic:")) {
                    continue; // a manifest, of the page's other parts
                }
                producer.send(record(example)).get();
            }
        }

        assertThat(inbox()).extracting(ChangeEvent::key).containsOnly(KEY);
        assertThat(inbox()).extracting(ChangeEvent::object).containsExactlyInAnyOrder(ENDPOINT, null);
        assertThat(inbox()).extracting(event -> event.meta().source()).containsOnly("vm-inventory");
    }

    private static void example(String bootstrapServers) {
        // README begins
        Map<String, Object> kafka = Map.of("bootstrap.servers", bootstrapServers);
        Endpoint endpoint = Endpoint.newBuilder()
                .setMetadata(Metadata.newBuilder().setName("vm-17"))
                .setSpec(EndpointSpec.newBuilder()
                        .setService("shop")
                        .setAddress("10.1.2.3")
                        .putPorts("http", 8080))
                .build();
        try (Publisher publisher = new Publisher(PublisherConfig.ofSource(kafka, Topics.DEFAULT, "vm-inventory"))) {
            List<Published> there = publisher.publish(List.of(publisher.change(endpoint)));
            publisher.publish(List.of(publisher.deletion(there.get(0).key())));
        }
        // README ends
    }

    private static List<String> examples(String language) throws IOException {
        Pattern fence = Pattern.compile("^```" + language + "\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
        return fence.matcher(Files.readString(MODULE.resolve("README.md")))
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }

    private static ProducerRecord<String, String> record(String yaml) {
        Map<?, ?> said = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
        ProducerRecord<String, String> record =
                new ProducerRecord<>((String) said.get("topic"), (String) said.get("key"), (String) said.get("value"));
        Map<?, ?> headers = (Map<?, ?>) Objects.requireNonNull(said.get("headers"));
        headers.forEach((name, value) ->
                record.headers().add((String) name, ((String) value).getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    private List<ChangeEvent> inbox() {
        return read(Topic.INBOX).stream()
                .map(record -> good(EventCodec.decodeInbox(record.key(), record.value(), record.headers())))
                .toList();
    }

    private List<ConsumerRecord<byte[], byte[]>> read(Topic topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        LogReader.readTopicsToEnd(broker.kafka(), List.of(Topics.DEFAULT.name(topic)), records::add, progress -> {});
        return records;
    }

    private static ChangeEvent good(Decoded decoded) {
        assertThat(decoded).isInstanceOf(Decoded.Good.class);
        ChangeEvent event = ((Decoded.Good) decoded).event();
        Message object = event.object();
        if (object != null) {
            assertThat(Validation.check(object)).isEmpty();
        }
        return event;
    }
}
