package io.tailrace.translator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tailrace.schemas.event.DeadLetters;
import io.tailrace.schemas.log.v1.Condition;
import io.tailrace.schemas.log.v1.Marker;
import io.tailrace.schemas.log.v1.ObjectStatus;
import io.tailrace.schemas.log.v1.Position;
import io.tailrace.schemas.topic.RecordKeys;
import io.tailrace.schemas.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConfigLaneTopologyTest {
    private static final String GATEWAY = """
            kind: Gateway
            metadata: {name: web}
            spec:
              groups: [edge]
              listeners: [{name: http, port: 8080, protocol: HTTP}]
            """;
    private static final String SERVICE = """
            kind: Service
            metadata: {name: shop}
            spec: {ports: [{name: http, port: 80}]}
            """;
    private static final String ROUTE = """
            kind: HTTPRoute
            metadata: {name: shop}
            spec:
              parentRefs: [{name: web}]
              rules: [{backendRefs: [{name: shop, port: 80}]}]
            """;
    private static final String GATEWAY_KEY = "default/Gateway/default/web";
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final LaneDriver lane = new LaneDriver(Lanes.CONFIG);

    @AfterEach
    void close() {
        lane.close();
    }

    @Test
    void aLaneIsOneSubTopology() {
        for (Lanes each : Lanes.values()) {
            assertThat(LaneDriver.topology(each, 1).describe().subtopologies()).hasSize(1);
        }
    }

    @Test
    void emptyTopicsLeadToABareMarker() {
        lane.pass(SECOND);

        List<Marker> markers = lane.resourceMarkers();
        assertThat(markers).hasSize(1);
        assertThat(markers.getFirst().getMeshesList()).isEmpty();
        assertThat(markers.getFirst().getSequence()).isEqualTo(1);
        assertThat(markers.getFirst().getPositionsList())
                .extracting(Position::getOffset)
                .containsExactly(-1L, -1L);
    }

    @Test
    void aChangeIsAllItsRecordsAndThenItsMarker() {
        lane.put(SERVICE);
        lane.put(GATEWAY);
        lane.keys(Topic.RESOURCES);

        lane.put(ROUTE);

        List<TestRecord<byte[], byte[]>> written = lane.written(Topic.RESOURCES);
        assertThat(written)
                .extracting(record -> LaneDriver.text(record.key()))
                .anyMatch(key -> key.startsWith("default/envoy.config.route.v3.RouteConfiguration/edge/"))
                .anyMatch(key -> key.startsWith("default/envoy.config.cluster.v3.Cluster//"))
                .anyMatch(key -> key.startsWith("default/edge/envoy.config.cluster.v3.Cluster."))
                .endsWith(RecordKeys.MARKER)
                .containsOnlyOnce(RecordKeys.MARKER);
        Marker marker = LaneDriver.resource(written.getLast().value()).getMarker();
        assertThat(marker.getMeshesList()).containsExactly("default");
        assertThat(marker.getEventTimeMs()).isEqualTo(2_000);
        assertThat(marker.getPositionsList())
                .filteredOn(position -> position.getInput() == Position.Input.CONFIG)
                .extracting(Position::getOffset)
                .containsExactly(2L);
    }

    @Test
    void aVeryLargeChangeComesInPiecesAndItsMarkerLast() {
        lane.pass(SECOND);
        lane.keys(Topic.RESOURCES);
        String groups = IntStream.range(0, 3_000).mapToObj(i -> "g" + i).collect(Collectors.joining(", "));

        lane.put(GATEWAY.replace("edge", groups));

        List<String> first = lane.keys(Topic.RESOURCES);
        assertThat(first).hasSizeLessThanOrEqualTo(5_000).doesNotContain(RecordKeys.MARKER);
        lane.put(SERVICE);
        for (int tick = 0; tick < 5; tick++) {
            lane.pass(Duration.ofMillis(100));
        }
        List<TestRecord<byte[], byte[]>> rest = lane.written(Topic.RESOURCES);
        // Of each group its record, a listener, its routes and a list for each of them.
        assertThat(first.size() + rest.size()).isEqualTo(5 * 3_000 + 1);
        Marker marker = LaneDriver.resource(rest.getLast().value()).getMarker();
        assertThat(marker.getMeshesList()).containsExactly("default");
        assertThat(marker.getPositionsList())
                .filteredOn(position -> position.getInput() == Position.Input.CONFIG)
                .extracting(Position::getOffset)
                .as("what came meanwhile goes with it")
                .containsExactly(1L);
        assertThat(lane.keys(Topic.POLICIES)).containsExactly("default/default/shop");
    }

    @Test
    void aServiceWritesItsPolicyWhoeverUsesIt() {
        lane.put(SERVICE);

        assertThat(lane.keys(Topic.POLICIES)).containsExactly("default/default/shop");
        assertThat(lane.keys(Topic.RESOURCES)).noneMatch(key -> key.contains("Cluster"));
    }

    @Test
    void whatSaysTheSameAgainWritesNothingButPositionsGoOnAtOnce() {
        lane.put(GATEWAY);
        lane.keys(Topic.RESOURCES);
        lane.keys(Topic.STATUS);

        for (long revision = 1; revision <= 3; revision++) {
            lane.put(GATEWAY);

            List<TestRecord<byte[], byte[]>> written = lane.written(Topic.RESOURCES);
            assertThat(written).hasSize(1);
            Marker marker = LaneDriver.resource(written.getFirst().value()).getMarker();
            assertThat(marker.getMeshesList()).isEmpty();
            assertThat(revision(marker)).isEqualTo(revision);
        }
        assertThat(lane.keys(Topic.STATUS)).isEmpty();
    }

    @Test
    void aFloodOfWhatSaysTheSameIsPassedOnceASecond() {
        lane.put(GATEWAY);
        sameTenTimesASecond(BareMarkerPace.AT_ONCE);
        lane.resourceMarkers();

        sameTenTimesASecond(5);

        assertThat(lane.resourceMarkers()).hasSize(5);
    }

    @Test
    void theLastPositionOfAFloodIsPassedToo() {
        lane.put(GATEWAY);

        for (int i = 0; i < 50; i++) {
            lane.put(GATEWAY);
        }

        assertThat(revision(lane.resourceMarkers().getLast())).isLessThan(50);
        lane.pass(SECOND);
        assertThat(revision(lane.resourceMarkers().getLast())).isEqualTo(50);
    }

    @Test
    void whatIsDeletedIsTakenAway() {
        lane.put(SERVICE);
        lane.put(GATEWAY);
        lane.put(ROUTE);
        List<String> before = lane.keys(Topic.RESOURCES);

        lane.delete("default/HTTPRoute/default/shop");
        lane.delete(GATEWAY_KEY);
        lane.delete("default/Service/default/shop");

        List<String> after = lane.keys(Topic.RESOURCES);
        assertThat(before).filteredOn(key -> !key.equals(RecordKeys.MARKER)).allMatch(key -> after.contains("-" + key));
        assertThat(lane.keys(Topic.POLICIES)).endsWith("-default/default/shop");
        assertThat(lane.keys(Topic.STATUS)).contains("-" + GATEWAY_KEY);
    }

    @Test
    void bytesThatAreNoEventAreADeadLetterWithItsPlace() {
        lane.send(Topic.CONFIG, GATEWAY_KEY, new byte[] {1, 2, 3});

        List<TestRecord<byte[], byte[]>> letters = lane.written(Topic.DEAD_LETTERS);
        assertThat(letters).hasSize(1);
        assertThat(letters.getFirst().value()).containsExactly(1, 2, 3);
        assertThat(header(letters.getFirst(), DeadLetters.REASON)).isNotBlank();
        assertThat(header(letters.getFirst(), DeadLetters.TOPIC)).isEqualTo("tailrace.config");
        assertThat(header(letters.getFirst(), DeadLetters.OFFSET)).isEqualTo("0");
    }

    @Test
    void anInvalidVersionLeavesTheOneBeforeInForce() {
        lane.put(GATEWAY);
        lane.keys(Topic.RESOURCES);
        lane.keys(Topic.STATUS);

        lane.send(Topic.CONFIG, GATEWAY_KEY, new byte[] {1, 2, 3});

        assertThat(lane.keys(Topic.RESOURCES)).containsExactly(RecordKeys.MARKER);
        ObjectStatus status = status(lane.written(Topic.STATUS).getLast());
        assertThat(status.getRevision()).isEqualTo(1);
        assertThat(status.getConditionsList())
                .anyMatch(condition -> condition.getType() == Condition.Type.Quarantined && condition.getStatus())
                .anyMatch(condition -> condition.getType() == Condition.Type.Accepted && !condition.getStatus());
        lane.put(GATEWAY);
        assertThat(status(lane.written(Topic.STATUS).getLast()).getConditionsList())
                .noneMatch(condition -> condition.getType() == Condition.Type.Quarantined);
    }

    @Test
    void aRecordInTheWrongPartitionIsNeverApplied() {
        try (LaneDriver one = new LaneDriver(Lanes.CONFIG, 7)) {
            one.put(GATEWAY);

            assertThat(header(one.written(Topic.DEAD_LETTERS).getFirst(), DeadLetters.REASON))
                    .contains("partition");
            assertThat(one.keys(Topic.STATUS)).isEmpty();
        }
    }

    @Test
    void anObjectOnTheWrongTopicIsNeverApplied() {
        lane.send(Topic.SECRETS, GATEWAY_KEY, null);

        assertThat(lane.written(Topic.DEAD_LETTERS)).hasSize(1);
        assertThat(lane.keys(Topic.STATUS)).isEmpty();
    }

    @Test
    void aRecordLargerThanAnyMayBeIsADeadLetterOfBoundedSize() {
        lane.send(Topic.CONFIG, GATEWAY_KEY, new byte[Topic.maxInputBytes() + 1]);

        TestRecord<byte[], byte[]> letter = lane.written(Topic.DEAD_LETTERS).getFirst();
        assertThat(letter.value()).hasSizeLessThanOrEqualTo(DeadLetters.MAX_VALUE_BYTES);
    }

    @Test
    void aRecordWithoutKeyOrValueHarmsNothing() {
        lane.send(Topic.CONFIG, null, null, new RecordHeaders());
        lane.put(GATEWAY);

        assertThat(lane.written(Topic.DEAD_LETTERS)).hasSize(1);
        assertThat(lane.keys(Topic.RESOURCES)).contains("default/edge");
    }

    private void sameTenTimesASecond(int seconds) {
        for (int i = 0; i < 10 * seconds; i++) {
            lane.put(GATEWAY);
            lane.pass(Duration.ofMillis(100));
        }
    }

    private static long revision(Marker marker) {
        return marker.getPositionsList().stream()
                .filter(position -> position.getInput() == Position.Input.CONFIG)
                .mapToLong(Position::getOffset)
                .findFirst()
                .orElseThrow();
    }

    private static ObjectStatus status(TestRecord<byte[], byte[]> record) {
        try {
            return ObjectStatus.parseFrom(record.value());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String header(TestRecord<byte[], byte[]> record, String name) {
        return LaneDriver.text(record.headers().lastHeader(name).value());
    }
}
