package io.tailrace.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tailrace.cli.e2e.EnvoyNode;
import io.tailrace.schemas.log.v1.AssignmentRecord;
import io.tailrace.schemas.log.v1.ResourceRecord;
import io.tailrace.schemas.read.LogReader;
import io.tailrace.schemas.topic.PartitionCounts;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.TopicAdmin;
import io.tailrace.schemas.topic.Topics;
import io.tailrace.translator.streams.RaisedCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.jspecify.annotations.Nullable;

/** What the translator had made is lost or no longer believed; two gateways serve, and no Envoy may notice. */
final class Rebuilds {
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final List<Topic> BOTH = List.of(Topic.RESOURCES, Topic.ASSIGNMENTS);
    private static final String PUSHED = "tailrace_gateway_push(es|ed_resources)_total.*";
    private static final String TOUCHED = "cluster_manager.cluster_(added|modified|removed|updated.*)"
            + "|listener_manager.(listener_(added|modified|removed|in_place_updated)|total_listeners_draining)"
            + "|.*update_(rejected|failure)|.*init_fetch_timeout";
    private static final String ANSWERS = ".*update_success";

    private final ProcessWorld world;

    Rebuilds(ProcessWorld world) {
        this.world = world;
    }

    void ofADeletedOutput() throws Exception {
        unnoticed("resources was deleted", List.of(Topic.RESOURCES), () -> {
            try (Admin admin = Admin.create(world.kafka())) {
                admin.deleteTopics(List.of(Topics.DEFAULT.name(Topic.RESOURCES)))
                        .all()
                        .get();
                await().atMost(LONG).ignoreExceptions().until(() -> {
                    new TopicAdmin(admin, Topics.DEFAULT).create(PartitionCounts.EMBEDDED);
                    return true;
                });
            }
        });
    }

    void ofWipedStores() throws Exception {
        unnoticed("the stores were wiped", BOTH, () -> {
            world.configLane.kill();
            world.endpointLane.kill();
            try (Admin admin = Admin.create(world.kafka())) {
                List<String> changelogs = admin.listTopics().names().get().stream()
                        .filter(name -> name.endsWith("-changelog"))
                        .toList();
                assertThat(changelogs).isNotEmpty();
                admin.deleteTopics(changelogs).all().get();
                await("the killed lanes' sessions are over").atMost(LONG).until(() -> deleteGroups(admin));
            }
            world.configLane.start();
            world.endpointLane.start();
        });
    }

    void byAnotherCode() throws Exception {
        List<Part> next = List.of(nextRelease("config"), nextRelease("endpoints"));
        unnoticed("a release of another code took over", BOTH, () -> {
            world.configLane.kill();
            world.endpointLane.kill();
            next.forEach(Part::start);
        });
        unnoticed("it was taken back", BOTH, () -> {
            next.forEach(Part::kill);
            world.configLane.start();
            world.endpointLane.start();
        });
    }

    private interface Loss {
        void happens() throws Exception;
    }

    /** Whatever happens, nothing is sent; and afterwards a change comes through, alone. */
    private void unnoticed(String what, List<Topic> rebuilt, Loss loss) throws Exception {
        world.awaitWhole("before " + what);
        List<SortedMap<String, Long>> touched = stats(TOUCHED);
        List<SortedMap<String, Long>> answers = stats(ANSWERS);
        double pushed = pushed();
        Map<String, Long> markers = markers(rebuilt);

        loss.happens();

        await("all is translated anew after " + what)
                .atMost(LONG)
                .ignoreExceptions()
                .until(() -> allHigher(markers, markers(rebuilt)));
        for (Part gateway : world.gateways) {
            await(gateway + " has read it")
                    .atMost(LONG)
                    .until(() -> gateway.readiness().equals("ok\n"));
        }
        assertThat(pushed()).as("pushed after " + what).isEqualTo(pushed);
        world.route(what, 40);
        world.awaitWhole("after " + what);
        assertThat(stats(TOUCHED)).as(what).isEqualTo(touched);
        assertThat(stats(ANSWERS)).as(what).isEqualTo(oneMoreOfRoutes(answers));
        freshEnvoysGetEverything(what);
    }

    private static boolean allHigher(Map<String, Long> before, Map<String, Long> now) {
        return now.keySet().equals(before.keySet())
                && before.entrySet().stream()
                        .allMatch(marker -> now.getOrDefault(marker.getKey(), 0L) > marker.getValue());
    }

    private static List<SortedMap<String, Long>> oneMoreOfRoutes(List<SortedMap<String, Long>> before) {
        List<SortedMap<String, Long>> after = new ArrayList<>();
        for (SortedMap<String, Long> envoy : before) {
            SortedMap<String, Long> one = new TreeMap<>(envoy);
            one.replaceAll((name, count) -> name.contains(".rds.") ? count + 1 : count);
            after.add(one);
        }
        return after;
    }

    private void freshEnvoysGetEverything(String when) throws IOException {
        for (int i = 0; i < world.gateways.size(); i++) {
            EnvoyState expected = world.inputs.translated(ProcessWorld.group(i));
            try (EnvoyNode fresh = world.freshEnvoy(i)) {
                await("an Envoy that starts after " + when)
                        .atMost(LONG)
                        .untilAsserted(() -> assertThat(EnvoyState.of(fresh).differences(expected))
                                .isEmpty());
            }
        }
    }

    private List<SortedMap<String, Long>> stats(String regex) {
        return world.envoys.stream().map(envoy -> envoy.stats(regex)).toList();
    }

    private double pushed() throws IOException {
        double sum = 0;
        for (Part gateway : world.gateways) {
            sum += gateway.metric(PUSHED);
        }
        return sum;
    }

    /** By topic and partition the sequence of the newest marker. */
    private Map<String, Long> markers(List<Topic> topics) {
        Map<String, Long> markers = new HashMap<>();
        for (Topic topic : topics) {
            LogReader.readTopicsToEnd(
                    world.kafka(),
                    List.of(Topics.DEFAULT.name(topic)),
                    record -> {
                        long sequence = sequence(topic, record.value());
                        if (sequence > 0) {
                            markers.put(topic + "-" + record.partition(), sequence);
                        }
                    },
                    progress -> {});
        }
        return markers;
    }

    /** 0: it is no marker. */
    private static long sequence(Topic topic, byte @Nullable [] value) {
        try {
            return value == null
                    ? 0
                    : topic == Topic.RESOURCES
                            ? ResourceRecord.parseFrom(value).getMarker().getSequence()
                            : AssignmentRecord.parseFrom(value).getMarker().getSequence();
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** False while one has members. */
    private static boolean deleteGroups(Admin admin) throws InterruptedException {
        boolean gone = true;
        List<String> groups = List.of(Topics.DEFAULT.configApplication(), Topics.DEFAULT.endpointsApplication());
        for (KafkaFuture<Void> deletion :
                admin.deleteConsumerGroups(groups).deletedGroups().values()) {
            try {
                deletion.get();
            } catch (ExecutionException e) {
                gone &= e.getCause() instanceof GroupIdNotFoundException;
            }
        }
        return gone;
    }

    private Part nextRelease(String lane) {
        return world.with(new Part(
                world.root(),
                "next-" + lane,
                RaisedCode.class,
                List.of(lane, world.stateDir(lane).toString(), world.bootstrapServers())));
    }
}
