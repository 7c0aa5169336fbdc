package io.tailrace.translator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.tailrace.schemas.log.v1.Assignment;
import io.tailrace.schemas.log.v1.AssignmentRecord;
import io.tailrace.schemas.log.v1.PortPolicy;
import io.tailrace.schemas.log.v1.ServicePolicy;
import io.tailrace.schemas.topic.RecordKeys;
import io.tailrace.schemas.topic.Topic;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EndpointLaneTopologyTest {
    private static final String SHOP = "default/default/shop";
    private static final String ENDPOINT = """
            kind: Endpoint
            metadata: {name: one}
            spec: {service: shop, source: a, address: 10.0.0.1, ports: {http: 8081}}
            """;
    private static final String FIRST = "default/default%2Fshop%2F80~aaaaaaaa";
    private static final String SECOND = "default/default%2Fshop%2F80~bbbbbbbb";

    private final LaneDriver lane = new LaneDriver(Lanes.ENDPOINTS);

    @AfterEach
    void close() {
        lane.close();
    }

    @Test
    void aServiceHasItsAssignmentFromTheFirstMoment() {
        lane.send(Topic.POLICIES, SHOP, policy("aaaaaaaa"));

        List<TestRecord<byte[], byte[]>> written = lane.written(Topic.ASSIGNMENTS);
        Assignment assignment = assignment(written, FIRST);
        assertThat(endpoints(assignment)).isEmpty();
        assertThat(assignment.getVersion()).startsWith("c5-");
        assertThat(LaneDriver.text(written.getLast().key())).isEqualTo(RecordKeys.MARKER);
    }

    @Test
    void anEndpointIsInItsAssignmentWithThePositionThatBroughtIt() {
        lane.send(Topic.POLICIES, SHOP, policy("aaaaaaaa"));
        lane.put(ENDPOINT);

        Assignment assignment = assignment(lane.written(Topic.ASSIGNMENTS), FIRST);
        assertThat(endpoints(assignment)).containsExactly("10.0.0.1:8081");
        assertThat(assignment.getVersion()).startsWith("c5.e0-0-");
        assertThat(assignment.getCausesList())
                .extracting(cause -> cause.getKey())
                .contains("default/Endpoint/default/shop/a/one");
    }

    @Test
    void endpointsThatCameBeforeTheirServiceAreInItsFirstAssignment() {
        lane.put(ENDPOINT);
        lane.written(Topic.ASSIGNMENTS);

        lane.send(Topic.POLICIES, SHOP, policy("aaaaaaaa"));

        assertThat(endpoints(assignment(lane.written(Topic.ASSIGNMENTS), FIRST)))
                .containsExactly("10.0.0.1:8081");
    }

    @Test
    void anotherPolicyMakesAnotherAssignmentAndTakesTheOldOneAway() {
        lane.send(Topic.POLICIES, SHOP, policy("aaaaaaaa"));
        lane.put(ENDPOINT);
        lane.keys(Topic.ASSIGNMENTS);

        lane.send(Topic.POLICIES, SHOP, policy("bbbbbbbb"));

        List<TestRecord<byte[], byte[]>> written = lane.written(Topic.ASSIGNMENTS);
        assertThat(endpoints(assignment(written, SECOND))).containsExactly("10.0.0.1:8081");
        assertThat(written)
                .filteredOn(record -> record.value() == null)
                .extracting(record -> LaneDriver.text(record.key()))
                .containsExactly(FIRST);
    }

    @Test
    void aServiceThatIsGoneLeavesNoAssignment() {
        lane.send(Topic.POLICIES, SHOP, policy("aaaaaaaa"));
        lane.keys(Topic.ASSIGNMENTS);

        lane.send(Topic.POLICIES, SHOP, null);

        assertThat(lane.keys(Topic.ASSIGNMENTS)).containsExactly("-" + FIRST, RecordKeys.MARKER);
    }

    @Test
    void anEndpointThatServesNothingOfItsServiceWritesNothingButThePositionGoesOnAtOnce() {
        lane.send(Topic.POLICIES, SHOP, policy("aaaaaaaa"));
        lane.keys(Topic.ASSIGNMENTS);

        for (int offset = 0; offset < 3; offset++) {
            lane.put(ENDPOINT.replace("http: 8081", "other: 808" + offset));

            List<TestRecord<byte[], byte[]>> written = lane.written(Topic.ASSIGNMENTS);
            assertThat(written).hasSize(1);
            assertThat(record(written.getFirst().value()).getMarker().getEndpointsOffset())
                    .isEqualTo(offset);
        }
    }

    @Test
    void whatChangesNothingAndIsPolledTogetherIsPassedTogether() {
        lane.send(Topic.POLICIES, SHOP, policy("aaaaaaaa"));
        lane.put(ENDPOINT);
        lane.keys(Topic.ASSIGNMENTS);

        lane.polled(Topic.ENDPOINTS, 3);
        lane.put(ENDPOINT);
        lane.put(ENDPOINT);
        assertThat(lane.keys(Topic.ASSIGNMENTS)).isEmpty();
        lane.put(ENDPOINT);

        assertThat(lane.keys(Topic.ASSIGNMENTS)).containsExactly(RecordKeys.MARKER);
    }

    @Test
    void aBrokenEndpointIsADeadLetterAndTheOneBeforeStays() {
        lane.send(Topic.POLICIES, SHOP, policy("aaaaaaaa"));
        lane.put(ENDPOINT);
        lane.keys(Topic.ASSIGNMENTS);

        lane.send(Topic.ENDPOINTS, "default/Endpoint/default/shop/a/one", new byte[] {1, 2, 3});

        assertThat(lane.written(Topic.DEAD_LETTERS)).hasSize(1);
        assertThat(lane.keys(Topic.ASSIGNMENTS)).containsExactly(RecordKeys.MARKER);
    }

    @Test
    void whatIsPolledTogetherIsWrittenTogether() {
        lane.send(Topic.POLICIES, SHOP, policy("aaaaaaaa"));
        lane.written(Topic.ASSIGNMENTS);

        lane.polled(Topic.ENDPOINTS, 2);
        lane.put(ENDPOINT);
        lane.put(ENDPOINT.replace("one", "two").replace("10.0.0.1", "10.0.0.2"));
        assertThat(lane.keys(Topic.ASSIGNMENTS)).isEmpty();
        lane.put(ENDPOINT.replace("one", "three").replace("10.0.0.1", "10.0.0.3"));

        List<TestRecord<byte[], byte[]>> written = lane.written(Topic.ASSIGNMENTS);
        assertThat(written).hasSize(2);
        assertThat(endpoints(assignment(written, FIRST)))
                .containsExactly("10.0.0.1:8081", "10.0.0.3:8081", "10.0.0.2:8081");
        assertThat(record(written.getLast().value()).getMarker().getEndpointsOffset())
                .isEqualTo(2);
    }

    @Test
    void whatIsPutOffIsWrittenSoonThoughMoreIsSaidToCome() {
        lane.send(Topic.POLICIES, SHOP, policy("aaaaaaaa"));
        lane.written(Topic.ASSIGNMENTS);

        lane.polled(Topic.ENDPOINTS, 2);
        lane.put(ENDPOINT);
        lane.pass(Duration.ofMillis(100));

        assertThat(lane.keys(Topic.ASSIGNMENTS)).containsExactly(FIRST, RecordKeys.MARKER);
    }

    private static byte[] policy(String hash) {
        return ServicePolicy.newBuilder()
                .setRevision(5)
                .addPorts(PortPolicy.newBuilder().setName("http").setPort(80).setAssignment("default/shop/80~" + hash))
                .build()
                .toByteArray();
    }

    private static Assignment assignment(List<TestRecord<byte[], byte[]>> written, String key) {
        return record(written.stream()
                        .filter(record -> LaneDriver.text(record.key()).equals(key))
                        .reduce((earlier, later) -> later)
                        .orElseThrow()
                        .value())
                .getAssignment();
    }

    static AssignmentRecord record(byte[] value) {
        try {
            return AssignmentRecord.parseFrom(value);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> endpoints(Assignment assignment) {
        try {
            return ClusterLoadAssignment.parseFrom(assignment.getResource()).getEndpointsList().stream()
                    .flatMap(locality -> locality.getLbEndpointsList().stream())
                    .map(endpoint -> endpoint.getEndpoint().getAddress().getSocketAddress())
                    .map(address -> address.getAddress() + ":" + address.getPortValue())
                    .toList();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
