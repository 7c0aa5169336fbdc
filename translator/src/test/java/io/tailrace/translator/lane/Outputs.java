package io.tailrace.translator.lane;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.tailrace.schemas.bytes.Deterministic;
import io.tailrace.schemas.bytes.Version;
import io.tailrace.schemas.kind.EndpointKey;
import io.tailrace.schemas.log.v1.AssignmentRecord;
import io.tailrace.schemas.log.v1.Body;
import io.tailrace.schemas.log.v1.PortPolicy;
import io.tailrace.schemas.log.v1.ResourceRecord;
import io.tailrace.schemas.v1.Endpoint;
import io.tailrace.translator.core.ListEntry;
import io.tailrace.translator.core.MeshTranslation;
import io.tailrace.translator.core.Resource;
import io.tailrace.translator.core.ResourceName;
import io.tailrace.translator.core.clusters.LoadAssignments;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What stands on the outputs, as a node or a gateway could tell it apart, and the same of a translation from scratch. */
public final class Outputs {
    private Outputs() {}

    /** What a node or a gateway could tell apart, by key. */
    public static SortedMap<String, String> bodies(SortedMap<String, byte[]> standing) {
        SortedMap<String, String> bodies = new TreeMap<>();
        standing.values().forEach(value -> {
            Body body = record(value).getBody();
            if (record(value).hasBody()) {
                String refs = body.getRefsList().stream()
                        .map(ref -> ref.getTypeUrl() + " " + ref.getName())
                        .collect(Collectors.joining(","));
                assertThat(Version.parse(body.getVersion()).contentHash())
                        .isEqualTo(Deterministic.hash16(content(body)));
                bodies.put(
                        body.getScope() + "|" + body.getTypeUrl() + "|" + body.getName(),
                        Deterministic.hash16(content(body)) + refs + body.getRaw());
            }
        });
        return bodies;
    }

    private static ByteString content(Body body) {
        ResourceName id = new ResourceName(body.getTypeUrl(), body.getName());
        Resource.Raw raw = new Resource.Raw(Duration.ofMillis(body.getTtlMs()));
        return new Resource(id, body.getScope(), body.getResource(), List.of(), List.of(), raw).content();
    }

    public static SortedMap<String, String> bodies(MeshTranslation expected) {
        SortedMap<String, String> bodies = new TreeMap<>();
        expected.groups()
                .keySet()
                .forEach(group -> expected.resourcesOf(group).forEach(resource -> {
                    String refs = resource.refs().stream()
                            .map(ref -> ref.typeUrl() + " " + ref.name())
                            .collect(Collectors.joining(","));
                    bodies.put(
                            resource.scope() + "|" + resource.id().typeUrl() + "|"
                                    + resource.id().name(),
                            Deterministic.hash16(resource.content()) + refs + resource.raw());
                }));
        return bodies;
    }

    public static SortedMap<String, SortedSet<ListEntry>> lists(SortedMap<String, byte[]> standing) {
        SortedMap<String, SortedSet<ListEntry>> lists = new TreeMap<>();
        standing.forEach((key, value) -> {
            ResourceRecord record = record(value);
            String group = key.split("/", -1)[1];
            if (record.hasGroup()) {
                lists.computeIfAbsent(group + " " + record.getGroup().getSelector(), _ -> new TreeSet<>());
            } else if (record.hasList()) {
                record.getList()
                        .getEntriesList()
                        .forEach(entry -> lists.computeIfAbsent(group, _ -> new TreeSet<>())
                                .add(new ListEntry(
                                        new ResourceName(record.getList().getTypeUrl(), entry.getName()),
                                        entry.getScope())));
            }
        });
        return lists;
    }

    public static SortedMap<String, SortedSet<ListEntry>> lists(MeshTranslation expected) {
        SortedMap<String, SortedSet<ListEntry>> lists = new TreeMap<>();
        expected.groups().forEach((name, group) -> {
            lists.put(name + " " + group.group().getSelector(), new TreeSet<>());
            if (!group.translation().entries().isEmpty()) {
                lists.put(name, new TreeSet<>(group.translation().entries()));
            }
        });
        return lists;
    }

    public static SortedMap<String, ByteString> assignments(SortedMap<String, byte[]> standing) {
        SortedMap<String, ByteString> assignments = new TreeMap<>();
        standing.values().forEach(value -> {
            try {
                AssignmentRecord record = AssignmentRecord.parseFrom(value);
                assignments.put(
                        record.getAssignment().getName(), record.getAssignment().getResource());
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException(e);
            }
        });
        return assignments;
    }

    public static SortedMap<String, ByteString> assignments(
            MeshTranslation expected, SortedMap<EndpointKey, Endpoint> endpoints) {
        SortedMap<String, ByteString> assignments = new TreeMap<>();
        expected.services().forEach((key, service) -> {
            SortedMap<EndpointKey, Endpoint> own = new TreeMap<>();
            endpoints.forEach((each, endpoint) -> {
                if (each.namespace().equals(key.namespace()) && each.service().equals(key.name())) {
                    own.put(each, endpoint);
                }
            });
            for (PortPolicy port : service.policy().getPortsList()) {
                assignments.put(port.getAssignment(), Deterministic.serialize(LoadAssignments.of(port, own.values())));
            }
        });
        return assignments;
    }

    private static ResourceRecord record(byte[] value) {
        try {
            return ResourceRecord.parseFrom(value);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
