package io.tailrace.schemas.manifest;

import com.google.protobuf.Message;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.kind.Problem;
import io.tailrace.schemas.manifest.Findings.Finding;
import io.tailrace.schemas.manifest.Node.MapNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Objects as text: files of YAML documents, JSON files, and single JSON objects of events. Every fault is named with
 * its field, and in files with line and column; one bad document harms only itself.
 */
public final class Manifests {
    /** The source of endpoints in files that don't say one, when the reader of the file has no name of its own. */
    public static final String DEFAULT_SOURCE = "file";

    private Manifests() {}

    /** As {@link #parse(String, String, String)}, with {@link #DEFAULT_SOURCE}. */
    public static ParsedFile parse(String fileName, String text) {
        return parse(fileName, text, DEFAULT_SOURCE);
    }

    /**
     * Reads and checks all documents of a file. A name that ends in ".json" says that it is one JSON object or a list
     * of them, any other that it is YAML.
     *
     * @param source goes into endpoints that don't say who their source is
     */
    public static ParsedFile parse(String fileName, String text, String source) {
        try {
            List<Node> documents = fileName.toLowerCase(Locale.ROOT).endsWith(".json")
                    ? jsonDocuments(JsonReader.read(withoutMark(text)))
                    : YamlReader.documents(withoutMark(text));
            return new FileReader(fileName, source).read(documents);
        } catch (SyntaxException e) {
            Problem problem = Problem.of("", "text that can't be read (" + e.getMessage() + ")", "YAML or JSON");
            return new ParsedFile(
                    fileName,
                    List.of(),
                    List.of(new ManifestProblem(fileName, e.line(), e.column(), problem)),
                    Set.of(),
                    true,
                    false);
        }
    }

    /**
     * Reads one JSON object, as an event's value has it.
     *
     * @param known the kind, if something else says it; the text may then leave it out
     */
    public static ParsedObject parseJson(String json, Optional<Kind> known) {
        Findings findings = new Findings();
        Message object = null;
        try {
            Node node = JsonReader.read(withoutMark(json));
            if (node instanceof MapNode document) {
                DocumentReader reader = new DocumentReader(findings);
                Optional<Kind> kind = reader.kind(document, known);
                object = kind.isPresent() ? reader.object(document, kind.get()) : null;
            } else {
                findings.add(node, "", "an object with kind, metadata and spec");
            }
        } catch (SyntaxException e) {
            String found =
                    "text that can't be read (line %d, column %d: %s)".formatted(e.line(), e.column(), e.getMessage());
            findings.add(e.line(), e.column(), Problem.of("value", found, "JSON"));
        }
        return new ParsedObject(
                object, findings.all().stream().map(Finding::problem).toList());
    }

    /** One YAML document, which {@link #parse} reads back to the same object. */
    public static String toYaml(Message object) {
        return toYaml(object, Map.of());
    }

    /** With {@code metadata.annotations}, notes that {@link #parse} reads over; in the order that the map has. */
    public static String toYaml(Message object, Map<String, String> annotations) {
        return ManifestWriter.yaml(object, annotations);
    }

    /** One JSON object over several lines, which {@link #parse} reads back to the same object. */
    public static String toJson(Message object) {
        return toJson(object, Map.of());
    }

    /** As {@link #toYaml(Message, Map)}. */
    public static String toJson(Message object, Map<String, String> annotations) {
        return ManifestWriter.json(object, annotations);
    }

    // Editors on Windows write a byte order mark.
    private static String withoutMark(String text) {
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private static List<Node> jsonDocuments(Node root) {
        return root instanceof Node.ListNode list ? list.items() : List.of(root);
    }
}
