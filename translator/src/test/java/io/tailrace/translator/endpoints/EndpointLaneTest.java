package io.tailrace.translator.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.kind.ServiceKey;
import io.tailrace.schemas.log.v1.Assignment;
import io.tailrace.schemas.log.v1.AssignmentRecord;
import io.tailrace.schemas.log.v1.Cause;
import io.tailrace.schemas.log.v1.PortPolicy;
import io.tailrace.schemas.log.v1.ServicePolicy;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.v1.Endpoint;
import io.tailrace.schemas.v1.EndpointSpec;
import io.tailrace.schemas.v1.Metadata;
import io.tailrace.translator.lane.Arrival;
import io.tailrace.translator.lane.Change;
import io.tailrace.translator.lane.Lane;
import io.tailrace.translator.lane.MemoryState;
import io.tailrace.translator.lane.Place;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the lane puts off, and what becomes of it. */
class EndpointLaneTest {
    private final MemoryState state = new MemoryState();
    private Lane lane = EndpointLane.factory().empty(0, state);
    private long offset;

    @Test
    void manyEventsOfAServiceAreOneRecordThatNamesTheNewestAndEachDeletion() {
        take(policy("shop"));
        settle();

        take(endpoint("shop", "one", "10.0.0.1"));
        take(endpoint("shop", "two", "10.0.0.2"));
        take(endpoint("shop", "three", "10.0.0.3"));
        take(deletion("shop", "one"));
        take(deletion("shop", "two"));
        take(endpoint("shop", "two", "10.0.0.2"));

        Assignment assignment = assignment(settle());
        assertThat(assignment.getVersion()).startsWith("c5.e0-6-");
        assertThat(assignment.getEventTimeMs()).isEqualTo(1_006);
        assertThat(addresses(assignment)).containsExactly("10.0.0.3", "10.0.0.2");
        assertThat(assignment.getCausesList())
                .filteredOn(Cause::getDeletion)
                .extracting(Cause::getKey)
                .containsExactly("default/Endpoint/default/shop/a/one");
    }

    @Test
    void anEventThatSaysWhatIsInForceWritesNothing() {
        take(policy("shop"));
        take(endpoint("shop", "one", "10.0.0.1"));
        settle();

        Change again = take(endpoint("shop", "one", "10.0.0.1"));

        assertThat(again).isEqualTo(Change.NONE);
        assertThat(lane.due()).isZero();
    }

    @Test
    void whatIsDueIsCountedOnceForEachServiceAndGoneWhenItIsWritten() {
        take(policy("shop"));
        take(policy("cart"));
        take(endpoint("shop", "one", "10.0.0.1"));

        assertThat(lane.due()).isEqualTo(2);
        settle();
        assertThat(lane.due()).isZero();
        take(endpoint("shop", "two", "10.0.0.2"));
        assertThat(lane.due()).as("the service and its two endpoints").isEqualTo(3);
    }

    @Test
    void aStartAfterAStopInBetweenWritesWhatWasPutOff() {
        take(policy("shop"));
        settle();
        take(endpoint("shop", "one", "10.0.0.1"));
        assertThat(lane.isBehind()).isTrue();

        lane = EndpointLane.factory().fromStores(0, state);

        assertThat(addresses(assignment(lane.rebuild()))).containsExactly("10.0.0.1");
    }

    @Test
    void aServiceThatCantBeTranslatedKeepsWhatItHadHarmsNoOtherAndIsTriedAgain() {
        take(policy("shop"));
        take(policy("cart"));
        settle();
        for (int i = 0; i < 10; i++) { // one record can't name ten such causes
            take(endpoint("shop", i + "x".repeat(1 << 20), "10.0.0." + i));
        }
        take(endpoint("cart", "one", "10.1.0.1"));

        Change change = settle();

        assertThat(change.output()).hasSize(1);
        assertThat(addresses(assignment(change))).containsExactly("10.1.0.1");
        assertThat(change.failures()).singleElement().asString().contains("default/default/shop", "takes");
        assertThat(lane.isBehind()).isTrue();
        assertThat(lane.due()).isZero();

        for (int i = 1; i < 10; i++) {
            take(deletion("shop", i + "x".repeat(1 << 20)));
        }
        // All ten are named once more, for the last time.
        assertThat(settle().failures()).hasSize(1);
        assertThat(addresses(assignment(lane.rebuild()))).containsExactly("10.0.0.0");
        assertThat(lane.isBehind()).isFalse();
    }

    private Change take(Arrival arrival) {
        return written(lane.take(arrival));
    }

    private Change settle() {
        return written(lane.settle());
    }

    private Change written(Change change) {
        state.write(change);
        return change;
    }

    private Arrival endpoint(String service, String instance, String address) {
        Endpoint endpoint = Endpoint.newBuilder()
                .setMetadata(Metadata.newBuilder()
                        .setMesh("default")
                        .setNamespace("default")
                        .setName(instance))
                .setSpec(EndpointSpec.newBuilder()
                        .setService(service)
                        .setSource("a")
                        .setInstance(instance)
                        .setAddress(address)
                        .putPorts("http", 8080))
                .build();
        return new Arrival.Event(place(Topic.ENDPOINTS), ObjectKey.of(endpoint), endpoint);
    }

    private Arrival deletion(String service, String instance) {
        ObjectKey key = ObjectKey.parse("default/Endpoint/default/" + service + "/a/" + instance);
        return new Arrival.Event(place(Topic.ENDPOINTS), key, null);
    }

    private Arrival policy(String service) {
        ServicePolicy policy = ServicePolicy.newBuilder()
                .setRevision(5)
                .addPorts(PortPolicy.newBuilder()
                        .setName("http")
                        .setPort(80)
                        .setAssignment("default/" + service + "/80~aaaaaaaa"))
                .build();
        return new Arrival.Policy(place(Topic.POLICIES), new ServiceKey("default", "default", service), policy);
    }

    private Place place(Topic topic) {
        offset++;
        return new Place(topic, 0, offset - 1, 1_000 + offset - 1);
    }

    private static Assignment assignment(Change change) {
        assertThat(change.output()).hasSize(1);
        try {
            return AssignmentRecord.parseFrom(
                            Objects.requireNonNull(change.output().getFirst().value()))
                    .getAssignment();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> addresses(Assignment assignment) {
        try {
            return ClusterLoadAssignment.parseFrom(assignment.getResource()).getEndpointsList().stream()
                    .flatMap(locality -> locality.getLbEndpointsList().stream())
                    .map(each ->
                            each.getEndpoint().getAddress().getSocketAddress().getAddress())
                    .toList();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
