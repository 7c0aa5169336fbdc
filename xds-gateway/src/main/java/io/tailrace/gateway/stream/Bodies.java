package io.tailrace.gateway.stream;

import io.tailrace.gateway.view.Body;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Bodies of one type by name. */
interface Bodies {
    @Nullable
    Body get(String name);

    Collection<Body> all();
}
