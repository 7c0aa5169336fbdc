package io.tailrace.schemas.read;

import java.time.Instant;

/** Why what a reader has handed over may be old, and since when. */
public record Outage(Instant since, String reason) {}
