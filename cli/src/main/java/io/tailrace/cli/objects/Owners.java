package io.tailrace.cli.objects;

import io.tailrace.schemas.kind.ObjectKey;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.Map;

/** An object belongs to the source that wrote it last: whoever writes over another's should know. */
final class Owners {
    private Owners() {}

    /** Says whose the objects are that a command of this source is about to write, where they are another's. */
    static void tell(Map<ObjectKey, Log.Entry> entries, Collection<ObjectKey> keys, String source, PrintWriter err) {
        for (ObjectKey key : keys) {
            Log.Entry entry = entries.get(key);
            if (entry != null && !entry.source().equals(source)) {
                err.println(key.kind().id() + " " + key.namespace() + "/" + key.name() + " was the source \""
                        + entry.source() + "\"'s: that source will restore it when it changes or starts");
            }
        }
    }
}
