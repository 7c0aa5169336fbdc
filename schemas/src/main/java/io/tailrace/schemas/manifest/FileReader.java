package io.tailrace.schemas.manifest;

import com.google.protobuf.Message;
import io.tailrace.schemas.check.Validation;
import io.tailrace.schemas.kind.InvalidKeyException;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.kind.Problem;
import io.tailrace.schemas.manifest.Findings.Finding;
import io.tailrace.schemas.manifest.Node.MapNode;
import io.tailrace.schemas.v1.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Collects what the documents of one file say. */
final class FileReader {
    private final String file;
    private final String source;
    private final List<ManifestObject> objects = new ArrayList<>();
    private final List<ManifestProblem> problems = new ArrayList<>();
    private final Map<ObjectKey, Integer> lines = new TreeMap<>();
    private final Set<ObjectKey> rejected = new TreeSet<>();
    private boolean nameless;

    FileReader(String file, String source) {
        this.file = file;
        this.source = source;
    }

    ParsedFile read(List<Node> documents) {
        for (Node node : documents) {
            if (node instanceof MapNode document) {
                document(document);
            } else {
                nameless = true;
                problems.add(new ManifestProblem(
                        file,
                        node.line(),
                        node.column(),
                        Problem.of("", node.describe(), "a map with kind, metadata and spec")));
            }
        }
        // Of two documents with one key the first counts.
        lines.keySet().forEach(rejected::remove);
        return new ParsedFile(file, List.copyOf(objects), List.copyOf(problems), Set.copyOf(rejected), false, nameless);
    }

    private void document(MapNode document) {
        Findings findings = new Findings();
        DocumentReader reader = new DocumentReader(findings);
        Optional<Kind> kind = reader.kind(document, Optional.empty());
        if (kind.isEmpty()) {
            nameless = true;
            report(findings, "", null);
            return;
        }
        Message object = withSource(reader.object(document, kind.get()));
        Optional<ObjectKey> key = object == null ? KeyFinder.find(document, kind.get(), source) : key(object, findings);
        if (object != null && key.isPresent()) {
            Validation.check(object).forEach(findings::add);
            Integer first = lines.get(key.get());
            if (first != null) {
                findings.add(
                        document.line(),
                        document.column(),
                        Problem.of("metadata.name", "the object of line " + first + " again", "each object once"));
            }
        }
        report(findings, kind.get().id(), key.orElse(null));
        if (key.isEmpty()) {
            nameless = true;
        } else if (object != null && findings.isEmpty()) {
            objects.add(new ManifestObject(key.get(), object, document.line()));
            lines.put(key.get(), document.line());
        } else {
            rejected.add(key.get());
        }
    }

    private @Nullable Message withSource(@Nullable Message object) {
        if (object instanceof Endpoint endpoint
                && endpoint.getSpec().getSource().isEmpty()) {
            Endpoint.Builder filled = endpoint.toBuilder();
            filled.getSpecBuilder().setSource(source);
            return filled.build();
        }
        return object;
    }

    private static Optional<ObjectKey> key(Message object, Findings findings) {
        try {
            return Optional.of(ObjectKey.of(object));
        } catch (InvalidKeyException e) {
            findings.add(e.problem());
            return Optional.empty();
        }
    }

    private void report(Findings findings, String kind, @Nullable ObjectKey key) {
        String namespace = key == null ? "" : key.namespace();
        String name = key == null ? "" : key.name();
        for (Finding finding : findings.all()) {
            problems.add(new ManifestProblem(
                    file,
                    finding.place().line(),
                    finding.place().column(),
                    finding.problem().in(kind, namespace, name)));
        }
    }
}
