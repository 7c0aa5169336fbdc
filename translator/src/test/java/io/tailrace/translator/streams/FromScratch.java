package io.tailrace.translator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.schemas.event.Decoded;
import io.tailrace.schemas.event.EventCodec;
import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.EndpointKey;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.v1.Endpoint;
import io.tailrace.translator.core.MeshTranslation;
import io.tailrace.translator.core.Placed;
import io.tailrace.translator.core.Snapshot;
import io.tailrace.translator.lane.Outputs;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What stands on the outputs, compared with the translation from scratch of what lies in the inputs. All events are valid. */
final class FromScratch {
    private final SortedMap<ConfigKey, Placed<?>> objects = new TreeMap<>();
    private final SortedMap<EndpointKey, Endpoint> endpoints = new TreeMap<>();

    private FromScratch(LogClient log) {
        log.records(Topic.CONFIG).forEach(this::take);
        log.records(Topic.ENDPOINTS).forEach(this::take);
    }

    static void assertStanding(LogClient log, Collection<String> meshes) {
        FromScratch inputs = new FromScratch(log);
        SortedMap<String, byte[]> resources = log.standing(Topic.RESOURCES);
        SortedMap<String, byte[]> assignments = log.standing(Topic.ASSIGNMENTS);
        for (String mesh : meshes) {
            SortedMap<ConfigKey, Placed<?>> objects = new TreeMap<>(inputs.objects);
            objects.keySet().removeIf(key -> !key.mesh().equals(mesh));
            SortedMap<EndpointKey, Endpoint> endpoints = new TreeMap<>(inputs.endpoints);
            endpoints.keySet().removeIf(key -> !key.mesh().equals(mesh));
            MeshTranslation expected = new Snapshot(objects, new TreeMap<>()).translate();
            assertThat(Outputs.bodies(of(mesh, resources))).isEqualTo(Outputs.bodies(expected));
            assertThat(Outputs.lists(of(mesh, resources))).isEqualTo(Outputs.lists(expected));
            assertThat(Outputs.assignments(of(mesh, assignments))).isEqualTo(Outputs.assignments(expected, endpoints));
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (!(EventCodec.decode(record.key(), record.value(), record.headers()) instanceof Decoded.Good good)) {
            throw new AssertionError("no valid event at " + record.topic() + " " + record.offset());
        }
        switch (good.event().key()) {
            case EndpointKey key -> {
                if (good.event().object() instanceof Endpoint endpoint) {
                    endpoints.put(key, endpoint);
                } else {
                    endpoints.remove(key);
                }
            }
            case ConfigKey key -> {
                if (good.event().object() == null) {
                    objects.remove(key);
                } else {
                    objects.put(key, new Placed<>(key, good.event().object(), record.offset()));
                }
            }
        }
    }

    /** By key without the partition. */
    private static SortedMap<String, byte[]> of(String mesh, SortedMap<String, byte[]> standing) {
        SortedMap<String, byte[]> own = new TreeMap<>();
        standing.forEach((key, value) -> {
            String plain = key.substring(key.indexOf(' ') + 1);
            if (plain.startsWith(mesh + "/")) {
                own.put(plain, value);
            }
        });
        return own;
    }
}
