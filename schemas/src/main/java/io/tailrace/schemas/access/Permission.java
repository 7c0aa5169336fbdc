package io.tailrace.schemas.access;

import java.util.Locale;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * One thing that a process must be allowed to do. Read and Write bring Describe with them.
 *
 * @param prefixed {@code name} is the beginning of the names that are meant
 */
public record Permission(AclOperation operation, ResourceType resource, String name, boolean prefixed) {
    /** The ACL that allows it to {@code principal} ("User:gateway", say) from every host. */
    public AclBinding acl(String principal) {
        return new AclBinding(
                new ResourcePattern(resource, name, prefixed ? PatternType.PREFIXED : PatternType.LITERAL),
                new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW));
    }

    /** As a process says that it lacks it: "Read on the topic tailrace.config". */
    public String text() {
        String kind = resource.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return operationText() + " on the " + (resource == ResourceType.CLUSTER ? kind : kind + " " + name);
    }

    /** As Kafka's tools and pages write it: "DescribeConfigs". */
    public String operationText() {
        StringBuilder text = new StringBuilder();
        for (String word : operation.name().split("_", -1)) {
            text.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return text.toString();
    }
}
