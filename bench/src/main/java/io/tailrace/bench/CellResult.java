package io.tailrace.bench;

import io.tailrace.bench.server.Measurement;

/** A cell that counts: its clients had the truth in the end. */
record CellResult(Cell cell, int round, Measurement measurement) {}
