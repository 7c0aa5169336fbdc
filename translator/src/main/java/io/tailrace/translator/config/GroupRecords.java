package io.tailrace.translator.config;

import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.log.v1.Group;
import io.tailrace.schemas.log.v1.ObjectStatus;
import io.tailrace.schemas.v1.ProxyGroup;
import io.tailrace.translator.core.Groups;
import io.tailrace.translator.core.Placed;
import java.util.List;
import java.util.stream.Stream;

/** ProxyGroups of one name, which are one group. */
final class GroupRecords {
    private GroupRecords() {}

    static Group of(MeshModel model, String group) {
        return Groups.group(group, named(model, group));
    }

    static ObjectStatus status(MeshModel model, Placed<?> placed, ProxyGroup group) {
        return Groups.status(
                new Placed<>(placed.key(), group, placed.revision()),
                named(model, placed.key().name()));
    }

    private static List<Placed<ProxyGroup>> named(MeshModel model, String group) {
        return model.proxyGroups(group).stream()
                .flatMap(key -> placed(model, key))
                .toList();
    }

    private static Stream<Placed<ProxyGroup>> placed(MeshModel model, ConfigKey key) {
        Placed<?> placed = model.placed(key);
        return placed != null && placed.value() instanceof ProxyGroup value
                ? Stream.of(new Placed<>(key, value, placed.revision()))
                : Stream.of();
    }
}
