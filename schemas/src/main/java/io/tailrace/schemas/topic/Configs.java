package io.tailrace.schemas.topic;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;

/** Reads the settings in force, by topic or broker and name of the setting. */
final class Configs {
    private Configs() {}

    static Map<String, Map<String, String>> ofTopics(Admin admin, Collection<String> names) {
        return read(admin, ConfigResource.Type.TOPIC, names);
    }

    static Map<String, Map<String, String>> ofBrokers(Admin admin) {
        List<String> ids = TopicAdmin.get(admin.describeCluster().nodes()).stream()
                .map(Node::idString)
                .toList();
        return read(admin, ConfigResource.Type.BROKER, ids);
    }

    private static Map<String, Map<String, String>> read(
            Admin admin, ConfigResource.Type type, Collection<String> names) {
        List<ConfigResource> resources =
                names.stream().map(name -> new ConfigResource(type, name)).toList();
        Map<String, Map<String, String>> settings = new TreeMap<>();
        TopicAdmin.get(admin.describeConfigs(resources).all()).forEach((resource, config) -> {
            Map<String, String> values = new TreeMap<>();
            for (ConfigEntry entry : config.entries()) {
                if (entry.value() != null) {
                    values.put(entry.name(), entry.value());
                }
            }
            settings.put(resource.name(), values);
        });
        return settings;
    }
}
