package io.tailrace.schemas.manifest;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.tailrace.schemas.check.Normalization;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.kind.Problem;
import io.tailrace.schemas.manifest.Node.Entry;
import io.tailrace.schemas.manifest.Node.MapNode;
import io.tailrace.schemas.manifest.Node.ScalarNode;
import io.tailrace.schemas.manifest.Node.ScalarType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One document of a manifest: {@code kind}, {@code apiVersion}, and the fields of the kind's message. */
final class DocumentReader {
    private static final String OURS = "tailrace.io/v1";
    private static final String GATEWAY_API = "gateway.networking.k8s.io/";

    private final Findings findings;

    DocumentReader(Findings findings) {
        this.findings = findings;
    }

    /** The kind that the document names, or else the one that is known from elsewhere. */
    Optional<Kind> kind(MapNode document, Optional<Kind> known) {
        Entry entry = entry(document, "kind");
        if (entry == null) {
            if (known.isEmpty()) {
                findings.add(
                        document.line(),
                        document.column(),
                        Problem.of("kind", "nothing", "one of " + String.join(", ", kinds())));
            }
            return known;
        }
        String id = entry.value() instanceof ScalarNode scalar ? scalar.text() : "";
        Optional<Kind> kind = Kind.of(id);
        if (kind.isEmpty()) {
            findings.add(
                    entry.value().line(),
                    entry.value().column(),
                    Problem.of("kind", entry.value().describe(), "one of " + String.join(", ", kinds()))
                            .withAdvice(Texts.didYouMean(id, kinds())));
        } else if (known.isPresent() && !known.equals(kind)) {
            findings.add(
                    entry.value(), "kind", known.orElseThrow().id() + ", as the event's type or the record's key says");
        }
        return kind;
    }

    /** The normalized object; null if anything is wrong with the document, which the findings then say. */
    @Nullable
    Message object(MapNode document, Kind kind) {
        apiVersion(document, kind);
        StringBuilder json = new StringBuilder();
        MessageReader reader = new MessageReader(findings, json);
        reader.message(body(document), kind.prototype().getDescriptorForType(), "");
        if (!findings.isEmpty()) {
            return null;
        }
        Message.Builder builder = kind.prototype().newBuilderForType();
        try {
            JsonFormat.parser()
                    .usingTypeRegistry(registry(reader.anyTypes().values()))
                    .merge(json.toString(), builder);
            return Normalization.normalize(CanonicalAny.canonical(builder.build()));
        } catch (InvalidProtocolBufferException | RuntimeException e) {
            // The library throws several kinds of RuntimeException too; a text must not stop who reads it.
            String found = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            findings.add(
                    document.line(),
                    document.column(),
                    Problem.of("", found, "the JSON form of Protobuf messages (protobuf.dev, ProtoJSON)"));
            return null;
        }
    }

    private static JsonFormat.TypeRegistry registry(Iterable<Descriptor> types) {
        return JsonFormat.TypeRegistry.newBuilder().add(types).build();
    }

    private void apiVersion(MapNode document, Kind kind) {
        Entry entry = entry(document, "apiVersion");
        if (entry == null) {
            return;
        }
        Set<String> accepted = switch (kind) {
            case GATEWAY, HTTP_ROUTE -> Set.of(OURS, GATEWAY_API + "v1");
            case TCP_ROUTE -> Set.of(OURS, GATEWAY_API + "v1", GATEWAY_API + "v1alpha2");
            case PROXY_GROUP, SERVICE, ENDPOINT, ENVOY_RESOURCE, SECRET -> Set.of(OURS);
        };
        if (!(entry.value() instanceof ScalarNode scalar && accepted.contains(scalar.text()))) {
            findings.add(
                    entry.value(),
                    "apiVersion",
                    String.join(" or ", accepted.stream().sorted().toList()) + ", or nothing");
        }
    }

    // metadata.annotations is other tools' notes to themselves (kubectl's, say): read over, and not kept.
    private MapNode body(MapNode document) {
        List<Entry> entries = new ArrayList<>();
        boolean kindSeen = false;
        boolean versionSeen = false;
        for (Entry entry : document.entries()) {
            if (entry.key().equals("kind") && !kindSeen) {
                kindSeen = true;
            } else if (entry.key().equals("apiVersion") && !versionSeen) {
                versionSeen = true;
            } else if (entry.key().equals("metadata") && entry.value() instanceof MapNode metadata) {
                entries.add(new Entry(entry.key(), entry.line(), entry.column(), withoutAnnotations(metadata)));
            } else {
                entries.add(entry);
            }
        }
        return new MapNode(document.line(), document.column(), document.size(), entries);
    }

    private static MapNode withoutAnnotations(MapNode metadata) {
        return new MapNode(
                metadata.line(),
                metadata.column(),
                metadata.size(),
                metadata.entries().stream()
                        .filter(entry -> !(entry.key().equals("annotations") && isMapOrNull(entry.value())))
                        .toList());
    }

    private static boolean isMapOrNull(Node node) {
        return node instanceof MapNode || (node instanceof ScalarNode scalar && scalar.type() == ScalarType.NULL);
    }

    private static List<String> kinds() {
        return Arrays.stream(Kind.values()).map(Kind::id).toList();
    }

    static @Nullable Entry entry(MapNode map, String key) {
        for (Entry entry : map.entries()) {
            if (entry.key().equals(key)) {
                return entry;
            }
        }
        return null;
    }
}
