package io.tailrace.schemas.manifest;

import io.tailrace.schemas.kind.ObjectKey;
import java.util.List;
import java.util.Set;

/**
 * What a file says.
 *
 * @param objects the valid ones, in the file's order
 * @param problems in the file's order
 * @param rejected the keys of objects that the file names but that can't be used: what is in force for them stays
 * @param unreadable the text is no YAML or JSON, so it says nothing; there are no objects, and one problem
 * @param nameless a document doesn't tell its key, so the file may mean objects that aren't in the sets above
 */
public record ParsedFile(
        String file,
        List<ManifestObject> objects,
        List<ManifestProblem> problems,
        Set<ObjectKey> rejected,
        boolean unreadable,
        boolean nameless) {

    /** Whether an object that is neither in objects nor rejected is certainly not in the file. */
    public boolean tellsAll() {
        return !unreadable && !nameless;
    }
}
