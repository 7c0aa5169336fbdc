package io.tailrace.translator.config;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tailrace.schemas.bytes.Deterministic;
import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.ServiceKey;
import io.tailrace.schemas.log.v1.ServicePolicy;
import io.tailrace.schemas.topic.RecordKeys;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.v1.Service;
import io.tailrace.translator.core.Placed;
import io.tailrace.translator.core.Resource;
import io.tailrace.translator.core.ResourceName;
import io.tailrace.translator.core.ServiceTranslation;
import io.tailrace.translator.core.clusters.ClusterName;
import io.tailrace.translator.lane.State;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What services of a mesh become, whoever uses them: policies for the endpoint lane, from the first moment on, and bodies
 * that groups share, while any group's list names them.
 */
final class ServiceOutputs {
    private final String mesh;
    private final int partition;
    private final State state;
    private final MeshModel model;
    private final Failures failures;

    ServiceOutputs(String mesh, int partition, State state, MeshModel model, Failures failures) {
        this.mesh = mesh;
        this.partition = partition;
        this.state = state;
        this.model = model;
        this.failures = failures;
    }

    /** The policy, if the ports are others; the clusters are looked at when all groups have been. */
    void translate(ConfigKey key, Effects effects) {
        ServiceKey service = new ServiceKey(key.mesh(), key.namespace(), key.name());
        String policyKey = RecordKeys.policy(service);
        ServicePolicy before = standing(policyKey);
        if (model.placed(key) == null) {
            if (before != null) {
                effects.change().write(mesh, Topic.POLICIES, policyKey, null);
            }
            effects.speakOf(failures.succeeded(key));
            return;
        }
        translated(key, effects).ifPresent(translation -> {
            effects.lookAt(translation.clusters().stream().map(Resource::id).toList());
            ServicePolicy policy = policy(key, translation);
            if (before == null || !before.getPortsList().equals(policy.getPortsList())) {
                effects.change().write(mesh, Topic.POLICIES, policyKey, Deterministic.serializeToArray(policy));
            }
        });
    }

    /** The bodies of shared clusters that may be others, or come or go. */
    void writeShared(GroupOutputs groups, Effects effects) {
        Bodies bodies = new Bodies(mesh, partition, state, effects.revision(), effects.change());
        for (ResourceName id : List.copyOf(effects.shared())) {
            if (groups.isUsed(id)) {
                // A group that failed may go on using what its service no longer has: that stays.
                cluster(id, effects).ifPresent(bodies::want);
            } else {
                bodies.drop(id, "");
            }
        }
    }

    private Optional<Resource> cluster(ResourceName id, Effects effects) {
        return ClusterName.parse(id.name())
                .flatMap(name -> translated(name.service(mesh), effects))
                .flatMap(translation -> translation.clusters().stream()
                        .filter(cluster -> cluster.id().equals(id))
                        .findFirst());
    }

    private Optional<ServiceTranslation> translated(ConfigKey key, Effects effects) {
        Placed<?> placed = model.placed(key);
        if (placed == null || !(placed.value() instanceof Service service)) {
            return Optional.empty();
        }
        try {
            ServiceTranslation translation = ServiceTranslation.of(new Placed<>(key, service, placed.revision()));
            effects.speakOf(failures.succeeded(key));
            return Optional.of(translation);
        } catch (RuntimeException | StackOverflowError e) {
            effects.speakOf(failures.failed(key, Set.of(key), e));
            return Optional.empty();
        }
    }

    private ServicePolicy policy(ConfigKey key, ServiceTranslation translation) {
        Placed<?> placed = model.placed(key);
        ServicePolicy.Builder policy = translation.policy().toBuilder().clearCauses();
        if (placed != null) {
            policy.addCauses(placed.cause().toProto(partition));
        }
        return policy.build();
    }

    private @Nullable ServicePolicy standing(String policyKey) {
        byte[] bytes = state.standing(Topic.POLICIES, policyKey);
        try {
            return bytes == null ? null : ServicePolicy.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the store of what stands holds what was never written", e);
        }
    }
}
