package io.tailrace.connectors.core.diff;

import io.tailrace.schemas.kind.ObjectKey;
import java.util.List;
import java.util.Optional;

/**
 * What a connector has to publish.
 *
 * @param appearing objects that aren't ours on the log yet; sorted by key
 * @param changed objects that are ours with another value; sorted by key
 * @param vanished objects of ours that the source no longer has; sorted by key
 * @param withheld why objects of ours that the source no longer has stay all the same
 * @param yielded objects that another source wrote over since we did, and that stay as that one wants them; sorted by key
 */
public record Changes(
        List<SourceObject> appearing,
        List<SourceObject> changed,
        List<ObjectKey> vanished,
        Optional<Withheld> withheld,
        List<ObjectKey> yielded) {

    /** Why nothing is removed. */
    public sealed interface Withheld {
        int count();
    }

    /** The source couldn't read all of it since it started. */
    public record Incomplete(String why, int count) implements Withheld {}

    /** The source suddenly has nothing at all, which a lost mount or an empty answer looks like too. */
    public record SuddenlyEmpty(int count) implements Withheld {}

    public boolean isEmpty() {
        return appearing.isEmpty() && changed.isEmpty() && vanished.isEmpty();
    }
}
