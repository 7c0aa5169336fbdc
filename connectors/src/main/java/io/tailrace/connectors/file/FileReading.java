package io.tailrace.connectors.file;

import io.tailrace.connectors.core.diff.SourceObject;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.kind.Problem;
import io.tailrace.schemas.manifest.ManifestObject;
import io.tailrace.schemas.manifest.ManifestProblem;
import io.tailrace.schemas.manifest.Manifests;
import io.tailrace.schemas.manifest.ParsedFile;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one version of a file says. Its good objects count even if other documents beside them are broken.
 *
 * @param objects in the order of the file
 * @param rejected objects that the file names and that can't be used
 * @param tellsAll what is neither in {@code objects} nor in {@code rejected} is certainly not in the file
 */
record FileReading(
        Map<ObjectKey, Line> objects, Set<ObjectKey> rejected, List<ManifestProblem> problems, boolean tellsAll) {
    /** @param line where the object's document begins, from 1 */
    record Line(SourceObject object, int line) {}

    /** @param source goes into endpoints that don't say who their source is */
    static FileReading of(String file, byte[] content, String source) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        CharBuffer text = CharBuffer.allocate(content.length);
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CoderResult result = decoder.decode(bytes, text, true);
        text.flip();
        if (result.isError()) {
            return notUtf8(file, text.toString(), content[bytes.position()]);
        }
        if (text.toString().isBlank()) {
            // Whoever writes "generate > file" empties it first; that must not empty the mesh.
            return unreadable(file, 1, 1, "nothing", "objects", "Delete the file to remove what it gave before");
        }
        return parsed(Manifests.parse(file, text.toString(), source));
    }

    static FileReading unreadable(String file, int line, int column, String found, String expected, String advice) {
        Problem problem = Problem.of("", found, expected).withAdvice(advice);
        return new FileReading(Map.of(), Set.of(), List.of(new ManifestProblem(file, line, column, problem)), false);
    }

    private static FileReading notUtf8(String file, String before, byte wrong) {
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        int column = before.length() - before.lastIndexOf('\n');
        return unreadable(file, line, column, "the byte 0x%02X".formatted(wrong), "UTF-8", "Save the file as UTF-8");
    }

    private static FileReading parsed(ParsedFile parsed) {
        Map<ObjectKey, Line> objects = new LinkedHashMap<>();
        for (ManifestObject document : parsed.objects()) {
            SourceObject object = SourceObject.of(document.key(), document.object());
            objects.put(document.key(), new Line(object, document.line()));
        }
        return new FileReading(objects, parsed.rejected(), parsed.problems(), parsed.tellsAll());
    }
}
