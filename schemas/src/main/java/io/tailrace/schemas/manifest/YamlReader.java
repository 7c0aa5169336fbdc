package io.tailrace.schemas.manifest;

import io.tailrace.schemas.manifest.Node.ScalarNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * YAML 1.2 (core schema) to trees. Built from the parser's events, so that depth and size are bounded before anything
 * is expanded: nested lists can't overflow the stack, and aliases can't grow a small file into a large tree.
 */
final class YamlReader {
    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setCodePointLimit(Integer.MAX_VALUE)
            .setUseMarks(true)
            .build();

    private final Map<String, Node> anchors = new HashMap<>();
    private final List<TreeBuilder> open = new ArrayList<>();
    private final List<Node> documents = new ArrayList<>();

    private YamlReader() {}

    /** One tree for each document; empty documents give none. */
    static List<Node> documents(String text) throws SyntaxException {
        Limits.checkLength(text);
        checkCharacters(text);
        YamlReader reader = new YamlReader();
        try {
            for (Event event : new Parse(SETTINGS).parseString(text)) {
                reader.event(event);
            }
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
            throw new SyntaxException(
                    mark.map(Mark::getLine).orElse(0) + 1,
                    mark.map(Mark::getColumn).orElse(0) + 1,
                    e.getContext() == null ? e.getProblem() : e.getProblem() + " " + e.getContext());
        } catch (YamlEngineException e) {
            throw new SyntaxException(1, 1, String.valueOf(e.getMessage()));
        }
        return reader.documents;
    }

    // YAML 1.2.2, 5.1 (c-printable). The library refuses others as well, but doesn't say where.
    private static void checkCharacters(String text) throws SyntaxException {
        int line = 1;
        int column = 1;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int point = text.codePointAt(at);
            if (!StreamReader.isPrintable(point)) {
                throw new SyntaxException(
                        line, column, "the character U+%04X, which YAML doesn't have".formatted(point));
            }
            column = point == '\n' ? 1 : column + 1;
            line += point == '\n' ? 1 : 0;
        }
    }

    private void event(Event event) throws SyntaxException {
        int line = event.getStartMark().map(Mark::getLine).orElse(0) + 1;
        int column = event.getStartMark().map(Mark::getColumn).orElse(0) + 1;
        switch (event.getEventId()) {
            case DocumentStart -> anchors.clear();
            case MappingStart, SequenceStart -> {
                Limits.checkDepth(open.size(), line, column);
                String tag = ((CollectionStartEvent) event).getTag().orElse("");
                ScalarResolver.checkCollectionTag(tag, event instanceof MappingStartEvent, line, column);
                open.add(new TreeBuilder(event instanceof MappingStartEvent, line, column, anchor((NodeEvent) event)));
            }
            case MappingEnd, SequenceEnd -> {
                TreeBuilder done = open.remove(open.size() - 1);
                complete(done.build(), done.anchor());
            }
            case Scalar -> {
                ScalarNode scalar = ScalarResolver.resolve((ScalarEvent) event, line, column);
                complete(scalar, anchor((NodeEvent) event));
            }
            case Alias -> {
                Node target = anchors.get(((AliasEvent) event).getAlias().getValue());
                if (target == null) {
                    throw new SyntaxException(line, column, "an alias of what isn't complete yet");
                }
                complete(target, "");
            }
            case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
        }
    }

    private void complete(Node node, String anchor) throws SyntaxException {
        Limits.checkSize(node);
        if (!anchor.isEmpty()) {
            anchors.put(anchor, node);
        }
        if (!open.isEmpty()) {
            open.get(open.size() - 1).add(node);
        } else if (!(node instanceof ScalarNode scalar && scalar.type() == Node.ScalarType.NULL)) {
            documents.add(node);
        }
    }

    private static String anchor(NodeEvent event) {
        return event.getAnchor().map(Object::toString).orElse("");
    }
}
