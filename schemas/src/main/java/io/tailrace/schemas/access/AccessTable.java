package io.tailrace.schemas.access;

import io.tailrace.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.resource.ResourceType;

/** What each process must be allowed, as people read it, in Markdown. A test holds the page for users to it. */
public final class AccessTable {
    /** Stands in the table for a connector's {@code --name} and for a command's {@code --source}. */
    public static final String SOURCE = "NAME";

    private record Kind(ResourceType resource, String operations) {}

    private AccessTable() {}

    /** Two lines of head, then the lines of each process, each ended by a line feed. */
    public static String markdown(Topics topics) {
        StringBuilder table = new StringBuilder("| process | of | needs | on |\n|---|---|---|---|\n");
        for (Role role : Role.values()) {
            List<Permission> permissions = role.permissions(topics, SOURCE);
            names(permissions)
                    .forEach((kind, names) -> table.append("| ")
                            .append(role.text())
                            .append(" | ")
                            .append(kind.resource()
                                    .name()
                                    .toLowerCase(Locale.ROOT)
                                    .replace('_', ' '))
                            .append(" | ")
                            .append(kind.operations())
                            .append(" | ")
                            .append(String.join(", ", names))
                            .append(" |\n"));
        }
        return table.toString();
    }

    /** The resources of which the same is asked share a line. */
    private static Map<Kind, List<String>> names(List<Permission> permissions) {
        Map<Permission, List<String>> operations = new LinkedHashMap<>();
        for (Permission permission : permissions) {
            Permission any = new Permission(
                    permissions.get(0).operation(), permission.resource(), permission.name(), permission.prefixed());
            operations.computeIfAbsent(any, first -> new ArrayList<>()).add(permission.operationText());
        }
        Map<Kind, List<String>> names = new LinkedHashMap<>();
        operations.forEach((permission, texts) -> names.computeIfAbsent(
                        new Kind(permission.resource(), String.join(", ", texts)), first -> new ArrayList<>())
                .add("`" + permission.name() + (permission.prefixed() ? "`..." : "`")));
        return names;
    }
}
