package io.tailrace.translator.lane;

import io.tailrace.schemas.topic.Topic;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What a lane's stores hold, to read: its own, and what stands on its output topics. */
public interface State {
    void forEach(String store, BiConsumer<String, byte[]> entry);

    /** The value that stands under a key of an output topic. */
    byte @Nullable [] standing(Topic topic, String key);

    /** All that stands under keys with the prefix, in the order of keys. */
    void forEachStanding(Topic topic, String prefix, BiConsumer<String, byte[]> entry);
}
