package io.tailrace.bench.pipeline;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.tailrace.bench.workload.Edition;
import io.tailrace.bench.workload.Names;
import io.tailrace.schemas.log.v1.Assignment;
import io.tailrace.schemas.log.v1.AssignmentRecord;
import io.tailrace.schemas.read.LogReader;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.Topics;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The load assignments that stand on the log, by the number of their service. */
final class Assignments {
    private final Map<Integer, ByteString> byService = new TreeMap<>();

    private Assignments() {}

    static Assignments read(Map<String, Object> kafka, Topics topics) {
        Assignments all = new Assignments();
        LogReader.readTopicsToEnd(kafka, List.of(topics.name(Topic.ASSIGNMENTS)), all::take, _ -> {});
        return all;
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        Assignment assignment = of(record.value());
        if (assignment != null) {
            String name = assignment.getName();
            String service = name.substring(name.indexOf('/') + 1, name.lastIndexOf('/'));
            byService.put(Names.numberOf(service), assignment.getResource());
        }
    }

    /** Null: it is something else. */
    static @Nullable Assignment of(byte @Nullable [] value) {
        try {
            AssignmentRecord record = value == null ? null : AssignmentRecord.parseFrom(value);
            return record != null && record.hasAssignment() ? record.getAssignment() : null;
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("an unreadable record on assignments", e);
        }
    }

    /** How many services of the mesh have other endpoints than were published; `editions`: of each service. */
    long wrong(ServiceMesh mesh, int[] editions) {
        long wrong = 0;
        for (int service = 0; service < mesh.services(); service++) {
            Set<String> expected = new HashSet<>();
            for (int i = 0; i < mesh.endpoints(); i++) {
                int port = Edition.FIRST_PORT + (i == 0 ? editions[service] : 0);
                expected.add(ServiceMesh.address(service, i) + ":" + port);
            }
            if (!expected.equals(endpoints(byService.getOrDefault(service, ByteString.EMPTY)))) {
                wrong++;
            }
        }
        return wrong;
    }

    private static Set<String> endpoints(ByteString resource) {
        Set<String> all = new HashSet<>();
        try {
            ClusterLoadAssignment.parseFrom(resource)
                    .getEndpointsList()
                    .forEach(locality -> locality.getLbEndpointsList().forEach(endpoint -> {
                        SocketAddress socket =
                                endpoint.getEndpoint().getAddress().getSocketAddress();
                        all.add(socket.getAddress() + ":" + socket.getPortValue());
                    }));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("an unreadable load assignment", e);
        }
        return all;
    }

    /** What a client has of each service if it has what stands. */
    int[] hashes() {
        return byService.values().stream().mapToInt(Edition::hash).toArray();
    }

    /** Of one of them. */
    int bytes() {
        return Arrays.stream(byService.values().toArray(ByteString[]::new))
                .mapToInt(ByteString::size)
                .findFirst()
                .orElse(0);
    }
}
