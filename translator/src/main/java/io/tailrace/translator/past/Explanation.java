package io.tailrace.translator.past;

import io.tailrace.translator.core.Resource;
import io.tailrace.translator.core.ResourceName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a group has a resource as it is.
 *
 * @param resource null: the group hasn't got it
 * @param reasons the events without any single one of which it would be another, in the order of the log
 * @param repeated events that say what another says too, so that it would be the same without either alone; without both it
 *     would be another
 */
public record Explanation(
        ResourceName name, @Nullable Resource resource, List<Reason> reasons, List<Repeated> repeated) {

    /** One event, and what it did. */
    public record Reason(LogEvent event, Contribution contribution) {}

    /** Two events or more that say the same: the first and the newest of them. */
    public record Repeated(LogEvent first, LogEvent newest, Contribution contribution) {}

    /** What an event did to the resource. */
    public sealed interface Contribution {
        /** Without it the group wouldn't have the resource. */
        record Presence() implements Contribution {}

        /** Without it the group would have the resource. */
        record Absence() implements Contribution {}

        /** Without it these fields were as they are before the change. */
        record Fields(List<FieldChange> changes) implements Contribution {}
    }
}
