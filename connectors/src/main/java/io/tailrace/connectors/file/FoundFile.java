package io.tailrace.connectors.file;

import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * A file as a walk found it.
 *
 * @param signature of what the path leads to, links followed; as long as it stays, so does the content, almost certainly
 */
record FoundFile(Path path, Signature signature) {
    /** @param identity the inode, on file systems that have them: another one after a rename or a swapped link */
    record Signature(long size, FileTime modified, @Nullable Object identity) {
        static Signature of(BasicFileAttributes attributes) {
            return new Signature(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
        }
    }
}
