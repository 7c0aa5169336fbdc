package io.tailrace.gateway.view;

/** A view, and what it has otherwise than the one before. */
public record ViewStep(View view, ViewChange change) {}
