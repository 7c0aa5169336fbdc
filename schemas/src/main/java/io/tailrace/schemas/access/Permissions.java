package io.tailrace.schemas.access;

import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourceType;

/** Permissions, as a sentence. */
final class Permissions {
    private final Topics topics;
    private final List<Permission> list = new ArrayList<>();

    Permissions(Topics topics) {
        this.topics = topics;
    }

    Permissions on(Topic topic, AclOperation... operations) {
        return add(ResourceType.TOPIC, topics.name(topic), false, operations);
    }

    /** On all topics whose name begins like this. */
    Permissions onTopics(String prefix, AclOperation... operations) {
        return add(ResourceType.TOPIC, prefix, true, operations);
    }

    Permissions onGroup(String name) {
        return add(ResourceType.GROUP, name, false, AclOperation.READ);
    }

    Permissions onTransactions(String name, boolean prefixed) {
        return add(ResourceType.TRANSACTIONAL_ID, name, prefixed, AclOperation.WRITE);
    }

    Permissions onCluster(AclOperation operation) {
        return add(ResourceType.CLUSTER, Resource.CLUSTER_NAME, false, operation);
    }

    List<Permission> list() {
        return List.copyOf(list);
    }

    private Permissions add(ResourceType resource, String name, boolean prefixed, AclOperation... operations) {
        for (AclOperation operation : operations) {
            if (list.stream().noneMatch(known -> known.equals(new Permission(operation, resource, name, prefixed)))) {
                list.add(new Permission(operation, resource, name, prefixed));
            }
        }
        return this;
    }
}
