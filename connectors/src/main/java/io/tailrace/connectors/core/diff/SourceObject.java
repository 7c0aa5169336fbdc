package io.tailrace.connectors.core.diff;

import com.google.protobuf.Message;
import io.tailrace.schemas.bytes.Deterministic;
import io.tailrace.schemas.kind.ObjectKey;
import org.jspecify.annotations.Nullable;

/**
 * An object that a source wants on the log: normalized and valid, since one bad object would make the publisher refuse the
 * others beside it.
 *
 * @param hash of the object's deterministic bytes: equal hashes are equal content
 */
public record SourceObject(ObjectKey key, Message object, long hash) {
    /** The object, normalized and valid, under its key. */
    public static SourceObject of(ObjectKey key, Message object) {
        return new SourceObject(key, object, hash(object));
    }

    /** By hash: whole snapshots of a hundred thousand objects are compared. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SourceObject that && hash == that.hash && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(hash);
    }

    /** The hash by which an object on the log is compared with one that a source gives. */
    public static long hash(Message object) {
        return Deterministic.hash64(Deterministic.serialize(object));
    }
}
