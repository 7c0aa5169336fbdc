package io.tailrace.gateway.tail;

import io.tailrace.gateway.view.View;
import io.tailrace.gateway.view.ViewChange;
import java.util.List;

/**
 * A view to publish. `eventTimesMs` says when the events that it brings were appended to the log, in milliseconds since
 * 1970; none for what was read at a start.
 */
public record Fresh(View view, ViewChange change, List<Long> eventTimesMs) {}
