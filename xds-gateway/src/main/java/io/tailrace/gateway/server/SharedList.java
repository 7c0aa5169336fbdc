package io.tailrace.gateway.server;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;

/** A list of names that came a second time: a stream that has it is in the index once, not by each name. */
final class SharedList {
    private final List<String> names;
    private final RoaringBitmap numbers = new RoaringBitmap();
    private final Map<String, RoaringBitmap> byGroup = new HashMap<>(2);

    SharedList(List<String> names) {
        this.names = names;
    }

    List<String> names() {
        return names;
    }

    /** Those of the names. */
    RoaringBitmap numbers() {
        return numbers;
    }

    /** The streams that have it, by their groups. */
    Map<String, RoaringBitmap> byGroup() {
        return byGroup;
    }
}
