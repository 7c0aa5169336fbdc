package io.tailrace.schemas.check;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import io.tailrace.schemas.v1.EnvoyResourceSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules of envoy_resource.proto: type, fields and name at every depth that is known here, not sense. */
final class EnvoyResourceChecks {
    private static final String RESOURCE = "spec.resource";
    // Each level is parsed by itself: without a limit a small object could overflow the stack.
    private static final int MAX_DEPTH = 32;
    private static final Duration SHORTEST_TTL = Duration.ofSeconds(1);
    private static final Duration LONGEST_TTL = Duration.ofHours(24);

    private EnvoyResourceChecks() {}

    static void check(EnvoyResourceSpec spec, Report report) {
        GatewayChecks.groups(spec.getGroupsList(), report);
        if (!spec.getTtl().isEmpty()) {
            Rules.duration("spec.ttl", spec.getTtl(), SHORTEST_TTL, LONGEST_TTL, report);
        }
        Any resource = spec.getResource();
        Optional<EnvoyResourceType> type = EnvoyResourceType.ofTypeUrl(resource.getTypeUrl());
        if (type.isEmpty()) {
            report.text(
                    RESOURCE + ".@type",
                    resource.getTypeUrl(),
                    "one of " + String.join(", ", EnvoyResourceType.typeUrls()));
            return;
        }
        any(resource, type.get().prototype(), RESOURCE, 0, report).ifPresent(message -> {
            String field = RESOURCE + "." + type.get().nameField();
            Rules.required(field, type.get().name(message), "the resource's name", report);
        });
    }

    private static Optional<Message> any(Any any, Message prototype, String path, int depth, Report report) {
        if (depth > MAX_DEPTH) {
            report.add(path, "more than " + MAX_DEPTH + " messages packed into each other", "fewer");
            return Optional.empty();
        }
        try {
            Message message = prototype.getParserForType().parseFrom(any.getValue());
            ShapeChecks.check(message, path, report);
            nested(message, path, depth, report);
            return Optional.of(message);
        } catch (InvalidProtocolBufferException e) {
            report.add(
                    path,
                    any.getValue().size() + " bytes that can't be read (" + e.getMessage() + ")",
                    "a " + prototype.getDescriptorForType().getFullName());
            return Optional.empty();
        }
    }

    // What a newer Envoy calls by a type that isn't known here is left to it.
    private static void nested(Object value, String path, int depth, Report report) {
        if (value instanceof Any any) {
            EnvoyTypes.ofTypeUrl(any.getTypeUrl()).ifPresent(prototype -> any(any, prototype, path, depth + 1, report));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                nested(list.get(i), path + "[" + i + "]", depth, report);
            }
        } else if (value instanceof Message message) {
            for (Map.Entry<FieldDescriptor, Object> entry :
                    message.getAllFields().entrySet()) {
                if (entry.getKey().isMapField()) {
                    mapValues(
                            (List<?>) entry.getValue(),
                            path + "." + entry.getKey().getJsonName(),
                            depth,
                            report);
                } else if (entry.getKey().getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                    nested(entry.getValue(), path + "." + entry.getKey().getJsonName(), depth, report);
                }
            }
        }
    }

    private static void mapValues(List<?> entries, String path, int depth, Report report) {
        for (Object item : entries) {
            if (item instanceof MapEntry<?, ?> entry) {
                nested(ShapeChecks.mapValue(entry), path + "[" + entry.getKey() + "]", depth, report);
            }
        }
    }
}
