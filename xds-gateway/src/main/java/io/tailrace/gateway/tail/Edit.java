package io.tailrace.gateway.tail;

import io.tailrace.gateway.view.Body;
import io.tailrace.gateway.view.BodyKey;
import io.tailrace.gateway.view.Entry;
import io.tailrace.gateway.view.Selector;
import java.util.List;

/** What one record of `resources` does to its mesh. */
sealed interface Edit {
    String mesh();

    record PutBody(String mesh, BodyKey key, Body body) implements Edit {}

    record RemoveBody(String mesh, BodyKey key) implements Edit {}

    record PutGroup(String mesh, String group, Selector selector) implements Edit {}

    record RemoveGroup(String mesh, String group) implements Edit {}

    record PutList(String mesh, String group, String typeUrl, int chunk, List<Entry> entries) implements Edit {}

    record RemoveList(String mesh, String group, String typeUrl, int chunk) implements Edit {}
}
