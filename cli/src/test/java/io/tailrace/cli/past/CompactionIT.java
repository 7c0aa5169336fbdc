package io.tailrace.cli.past;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.gateway.GatewayProcess;
import io.tailrace.gateway.GatewaySettings;
import io.tailrace.gateway.tail.Tail;
import io.tailrace.schemas.event.ChangeEvent;
import io.tailrace.schemas.process.Health;
import io.tailrace.schemas.publish.PublishFailedException;
import io.tailrace.schemas.publish.Published;
import io.tailrace.schemas.publish.Publisher;
import io.tailrace.schemas.publish.PublisherConfig;
import io.tailrace.schemas.testing.KafkaBroker;
import io.tailrace.schemas.topic.PartitionCounts;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.TopicAdmin;
import io.tailrace.schemas.topic.Topics;
import io.tailrace.translator.TranslatorProcess;
import io.tailrace.translator.streams.TranslatorSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who starts reads what there is, not what there was. {@code -Dpast-changes=100000} compares 1,000 past changes with
 * 100,000.
 */
class CompactionIT {
    private static final Logger LOG = LoggerFactory.getLogger(CompactionIT.class);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration TRANSLATED_WITHIN = Duration.ofMinutes(30);
    private static final int MANY = Integer.getInteger("past-changes", 1_000);
    private static final int FEW = MANY / 100;
    private static final int TOGETHER = 50;

    @Test
    void whoStartsReadsInProportionToWhatIsInForceNotToWhatWas(@TempDir Path folder) throws Exception {
        Boot few;
        Boot many;
        try (KafkaBroker broker = startBroker();
                Publisher publisher =
                        new Publisher(PublisherConfig.ofCommand(broker.kafka(), Topics.DEFAULT, "steady"))) {
            Log log = new Log(broker, publisher, new SteadyMesh(publisher), new ShortHours(broker));
            try (TranslatorProcess _ = log.startTranslator(folder.resolve("first"))) {
                log.beginShortHours();
                log.change(FEW);
            }
            few = log.boot(folder.resolve("few"));
            try (TranslatorProcess _ = log.startTranslator(folder.resolve("second"))) {
                log.change(MANY - FEW);
            }
            many = log.boot(folder.resolve("many"));
        }
        LOG.info("after {} changes a gateway reads {}, a translator {}", FEW, few.gateway(), few.translator());
        LOG.info("after {} changes a gateway reads {}, a translator {}", MANY, many.gateway(), many.translator());
        // The newest segments aren't cleaned, and are as large as what is written in a while: so not just the same.
        assertThat(many.gateway().sum()).isLessThan(3 * few.gateway().sum());
        assertThat(many.translator().sum()).isLessThan(3 * few.translator().sum());
    }

    private static KafkaBroker startBroker() {
        KafkaBroker broker = KafkaBroker.start(ShortHours.BROKER);
        try (Admin admin = broker.admin()) {
            new TopicAdmin(admin, Topics.DEFAULT).create(new PartitionCounts(1, 2));
        }
        return broker;
    }

    /** What two fresh processes read until they were ready. */
    private record Boot(BytesRead gateway, BytesRead translator) {}

    private record Log(KafkaBroker broker, Publisher publisher, SteadyMesh mesh, ShortHours hours) {
        void beginShortHours() throws Exception {
            try (Admin admin = broker.admin()) {
                hours.begin(admin.listTopics().names().get(), Topics.DEFAULT.name(Topic.RESOURCES));
            }
        }

        /** Then the mesh is again as it began, and the cleaner has run over it. */
        void change(int count) {
            publish(mesh.asItBegan());
            for (int done = 0; done < count; done += TOGETHER) {
                publish(mesh.next(TOGETHER));
            }
            awaitTranslation(publish(mesh.oneOfEach()));
            hours.awaitCleaner(() -> publish(mesh.oneOfEach()));
            awaitTranslation(publish(mesh.asItBegan()));
        }

        private void awaitTranslation(List<Published> last) {
            try (Tail tail = new Tail("behind", broker.kafka(), Topics.DEFAULT, _ -> {}, new Served.Silence())) {
                tail.start();
                await("all is translated")
                        .atMost(TRANSLATED_WITHIN)
                        .until(() -> last.stream().allMatch(each -> Served.covers(tail.current(), each)));
            }
        }

        Boot boot(Path folder) {
            BytesRead before = BytesRead.now();
            try (GatewayProcess gateway = GatewayProcess.start(
                    GatewaySettings.of("fresh", broker.kafka(), Topics.DEFAULT, "127.0.0.1", 0),
                    new SimpleMeterRegistry())) {
                awaitReady(gateway);
            }
            BytesRead between = BytesRead.now();
            startTranslator(folder).close();
            String prefix = Topics.DEFAULT.prefix();
            return new Boot(between.since(before, prefix), BytesRead.now().since(between, prefix));
        }

        /** In a folder that knows nothing. Returns when it works. */
        TranslatorProcess startTranslator(Path folder) {
            TranslatorProcess translator = TranslatorProcess.start(
                    TranslatorSettings.embedded(broker.kafka(), Topics.DEFAULT, folder), new SimpleMeterRegistry());
            awaitReady(translator.health());
            return translator;
        }

        private static void awaitReady(Health health) {
            await().atMost(PATIENCE).until(() -> health.notReady().isEmpty());
        }

        /** Again, if a transaction took too long. */
        private List<Published> publish(List<ChangeEvent> changes) {
            return await("the log takes " + changes.size() + " changes")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(1))
                    .ignoreExceptionsInstanceOf(PublishFailedException.class)
                    .until(() -> publisher.publish(changes), _ -> true);
        }
    }
}
