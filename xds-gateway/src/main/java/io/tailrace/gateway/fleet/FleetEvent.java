package io.tailrace.gateway.fleet;

import io.tailrace.gateway.stream.Fact;
import io.tailrace.gateway.view.Positions;
import java.util.List;

/** What happens to the view and on streams, as the ledger counts it. Times are milliseconds since 1970. */
public sealed interface FleetEvent {
    /** A view was published. `eventTimesMs`: when the events that it brings were appended to the log. */
    record Published(long view, Positions positions, List<Long> eventTimesMs) implements FleetEvent {}

    /** Every stream that the view concerns has been told of it. */
    record Delivered(long view, long timeMs) implements FleetEvent {}

    /** A stream, by a number of its own, has something to say. */
    record Said(long stream, Fact fact, long timeMs) implements FleetEvent {}

    record Closed(long stream, long timeMs) implements FleetEvent {}
}
