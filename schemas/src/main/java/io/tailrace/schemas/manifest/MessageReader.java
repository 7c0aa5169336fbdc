package io.tailrace.schemas.manifest;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.tailrace.schemas.check.EnvoyTypes;
import io.tailrace.schemas.kind.Problem;
import io.tailrace.schemas.manifest.Node.Entry;
import io.tailrace.schemas.manifest.Node.ListNode;
import io.tailrace.schemas.manifest.Node.MapNode;
import io.tailrace.schemas.manifest.Node.ScalarNode;
import io.tailrace.schemas.manifest.Node.ScalarType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Holds a tree against a message's descriptor and writes it as JSON for Protobuf's own parser, which would say neither
 * where a fault stands nor what was meant, and would take the string "80" for a number and a number for a string.
 */
final class MessageReader {
    private static final String ANY = "google.protobuf.Any";

    private final Findings findings;
    private final StringBuilder json;
    private final Map<String, Descriptor> anyTypes = new HashMap<>();

    MessageReader(Findings findings, StringBuilder json) {
        this.findings = findings;
        this.json = json;
    }

    /** The types that were met in Any fields, which Protobuf's parser must be told. */
    Map<String, Descriptor> anyTypes() {
        return anyTypes;
    }

    /** Appends the node as JSON of a message. */
    void message(Node node, Descriptor type, String path) {
        findings.stands(path, node);
        if (type.getFullName().equals(ANY)) {
            any(node, path);
        } else if (type.getFullName().startsWith("google.protobuf.")) {
            // Their JSON is not their fields: Protobuf's parser knows it (protobuf.dev, ProtoJSON).
            PlainJson.write(node, json, findings, path);
        } else if (node instanceof MapNode map) {
            fields(map, type, path, "");
        } else {
            findings.add(node, path, "a map with the fields of " + type.getName());
            json.append("{}");
        }
    }

    // `typeUrl` is what stands in "@type" if this is the content of an Any.
    private void fields(MapNode map, Descriptor type, String path, String typeUrl) {
        json.append('{');
        if (!typeUrl.isEmpty()) {
            json.append("\"@type\":");
            JsonText.string(typeUrl, json);
        }
        Set<String> seen = new HashSet<>();
        for (Entry entry : map.entries()) {
            if (!typeUrl.isEmpty() && entry.key().equals("@type")) {
                continue;
            }
            FieldDescriptor field = find(type, entry, path);
            if (field == null) {
                continue;
            }
            String fieldPath = path.isEmpty() ? field.getJsonName() : path + "." + field.getJsonName();
            if (!seen.add(field.getName())) {
                findings.add(entry.line(), entry.column(), Problem.of(fieldPath, "the field a second time", "it once"));
            } else if (!isNull(entry.value())) {
                separate();
                JsonText.string(field.getJsonName(), json);
                json.append(':');
                field(entry.value(), field, fieldPath);
            }
        }
        json.append('}');
    }

    private @Nullable FieldDescriptor find(Descriptor type, Entry entry, String path) {
        Set<String> known = new TreeSet<>();
        for (FieldDescriptor field : type.getFields()) {
            if (entry.key().equals(field.getJsonName()) || entry.key().equals(field.getName())) {
                return field;
            }
            known.add(field.getJsonName());
        }
        findings.add(
                entry.line(),
                entry.column(),
                new Problem(
                        "",
                        "",
                        "",
                        path.isEmpty() ? entry.key() : path + "." + entry.key(),
                        "an unknown field",
                        known.isEmpty() ? "no field" : "one of " + String.join(", ", known),
                        Texts.didYouMean(entry.key(), known)));
        return null;
    }

    private void field(Node node, FieldDescriptor field, String path) {
        findings.stands(path, node);
        if (field.isMapField()) {
            map(node, field, path);
        } else if (!field.isRepeated()) {
            single(node, field, path);
        } else if (node instanceof ListNode list) {
            json.append('[');
            for (int i = 0; i < list.items().size(); i++) {
                separate();
                single(list.items().get(i), field, path + "[" + i + "]");
            }
            json.append(']');
        } else {
            findings.add(node, path, "a list");
            json.append("[]");
        }
    }

    private void map(Node node, FieldDescriptor field, String path) {
        json.append('{');
        if (node instanceof MapNode map) {
            FieldDescriptor value = field.getMessageType().findFieldByName("value");
            Set<String> seen = new HashSet<>();
            for (Entry entry : map.entries()) {
                String entryPath = path + "[" + entry.key() + "]";
                if (!seen.add(entry.key())) {
                    findings.add(
                            entry.line(), entry.column(), Problem.of(entryPath, "the key a second time", "it once"));
                    continue;
                }
                separate();
                JsonText.string(entry.key(), json);
                json.append(':');
                single(entry.value(), value, entryPath);
            }
        } else {
            findings.add(node, path, "a map");
        }
        json.append('}');
    }

    private void single(Node node, FieldDescriptor field, String path) {
        findings.stands(path, node);
        if (field.getType() == FieldDescriptor.Type.MESSAGE) {
            message(node, field.getMessageType(), path);
        } else if (node instanceof ScalarNode scalar) {
            Scalars.write(scalar, field, json, findings, path);
        } else {
            findings.add(node, path, Scalars.expected(field));
            json.append("null");
        }
    }

    private void any(Node node, String path) {
        String typeUrl = typeUrl(node);
        if (!(node instanceof MapNode map) || typeUrl.isEmpty()) {
            findings.add(node, path, "a map with \"@type\", an Envoy message's type URL");
            json.append("{}");
            return;
        }
        String name = EnvoyTypes.fullName(typeUrl);
        Message prototype = EnvoyTypes.ofTypeUrl(typeUrl).orElse(null);
        if (prototype == null) {
            findings.add(
                    node.line(),
                    node.column(),
                    Problem.of(path + ".@type", Texts.quoted(typeUrl), "a message of Envoy's API that is known here")
                            .withAdvice("Known is the API of Envoy 1.34"));
            json.append("{}");
            return;
        }
        anyTypes.put(name, prototype.getDescriptorForType());
        if (name.startsWith("google.protobuf.")) {
            PlainJson.write(node, json, findings, path);
        } else {
            fields(map, prototype.getDescriptorForType(), path, typeUrl);
        }
    }

    private static String typeUrl(Node node) {
        if (node instanceof MapNode map) {
            for (Entry entry : map.entries()) {
                if (entry.key().equals("@type") && entry.value() instanceof ScalarNode scalar) {
                    return scalar.text();
                }
            }
        }
        return "";
    }

    private void separate() {
        char last = json.charAt(json.length() - 1);
        if (last != '{' && last != '[') {
            json.append(',');
        }
    }

    private static boolean isNull(Node node) {
        return node instanceof ScalarNode scalar && scalar.type() == ScalarType.NULL;
    }
}
