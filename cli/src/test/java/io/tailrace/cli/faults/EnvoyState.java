package io.tailrace.cli.faults;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.tailrace.cli.e2e.EnvoyNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The resources that an Envoy has, or should have: by type and name the content, as JSON with sorted keys. Of load
 * assignments only what Envoy's dump tells: the endpoints with their weights, health and priorities.
 */
record EnvoyState(SortedMap<String, String> resources) {
    private static final String TYPES = "type.googleapis.com/";

    /** What is active. What still warms stands beside it under a name of its own. */
    static EnvoyState of(EnvoyNode envoy) {
        JsonObject dump = (JsonObject) JsonParser.parseString(envoy.admin("/config_dump?include_eds"));
        SortedMap<String, String> resources = new TreeMap<>();
        for (JsonElement config : dump.getAsJsonArray("configs")) {
            JsonObject part = config.getAsJsonObject();
            each(part, "dynamic_active_clusters", one -> put(resources, "", one.get("cluster")));
            each(part, "dynamic_warming_clusters", one -> put(resources, "warming ", one.get("cluster")));
            each(part, "dynamic_route_configs", one -> put(resources, "", one.get("route_config")));
            each(part, "dynamic_endpoint_configs", one -> put(resources, "", one.get("endpoint_config")));
            each(part, "dynamic_listeners", one -> {
                listener(resources, "", one.getAsJsonObject("active_state"));
                listener(resources, "warming ", one.getAsJsonObject("warming_state"));
            });
        }
        return new EnvoyState(resources);
    }

    /** What {@code tailrace translate -o json} prints. */
    static EnvoyState translated(JsonObject printed) {
        SortedMap<String, String> resources = new TreeMap<>();
        each(printed, "resources", one -> put(resources, "", one));
        return new EnvoyState(resources);
    }

    /** In words, sorted; empty: {@code expected} is what this is. */
    List<String> differences(EnvoyState expected) {
        List<String> differences = new ArrayList<>();
        expected.resources.forEach((name, content) -> {
            String found = resources.get(name);
            if (found == null) {
                differences.add("lacks " + name);
            } else if (!found.equals(content)) {
                differences.add(name + ": found " + found + ", expected " + content);
            }
        });
        resources.keySet().stream()
                .filter(name -> !expected.resources.containsKey(name))
                .forEach(name -> differences.add("has " + name));
        return differences;
    }

    private interface Each {
        void take(JsonObject one);
    }

    private static void each(JsonObject part, String list, Each each) {
        if (part.has(list)) {
            part.getAsJsonArray(list).forEach(one -> each.take(one.getAsJsonObject()));
        }
    }

    private static void listener(SortedMap<String, String> resources, String state, @Nullable JsonObject holder) {
        if (holder != null) {
            put(resources, state, holder.get("listener"));
        }
    }

    private static void put(SortedMap<String, String> resources, String state, JsonElement element) {
        JsonObject resource = element.getAsJsonObject();
        String type = resource.get("@type").getAsString().substring(TYPES.length());
        boolean endpoints = resource.has("cluster_name");
        String name = resource.get(endpoints ? "cluster_name" : "name").getAsString();
        resources.put(state + type + " " + name, endpoints ? endpoints(resource) : sorted(resource));
    }

    private static String endpoints(JsonObject assignment) {
        List<String> all = new ArrayList<>();
        each(
                assignment,
                "endpoints",
                locality -> each(locality, "lb_endpoints", endpoint -> {
                    JsonElement address = endpoint.getAsJsonObject("endpoint").get("address");
                    all.add(sorted(address)
                            + " in " + sorted(locality.get("locality"))
                            + ", priority " + sorted(locality.get("priority"))
                            + ", weight " + sorted(endpoint.get("load_balancing_weight"))
                            + (isHealthy(endpoint) ? "" : ", unhealthy"));
                }));
        return all.stream().sorted().collect(Collectors.joining("\n"));
    }

    /** The dump calls draining ones unhealthy too. */
    private static boolean isHealthy(JsonObject endpoint) {
        return !endpoint.has("health_status")
                || endpoint.get("health_status").getAsString().equals("HEALTHY");
    }

    private static String sorted(@Nullable JsonElement element) {
        return switch (element) {
            case null -> "";
            case JsonObject object ->
                object.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> entry.getKey() + ": " + sorted(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case JsonArray array ->
                StreamSupport.stream(array.spliterator(), false)
                        .map(EnvoyState::sorted)
                        .collect(Collectors.joining(", ", "[", "]"));
            case JsonPrimitive number
            when number.isNumber() ->
                number.getAsBigDecimal().stripTrailingZeros().toPlainString();
            default -> element.toString();
        };
    }
}
