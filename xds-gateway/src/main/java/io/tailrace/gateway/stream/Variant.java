package io.tailrace.gateway.stream;

/** The two forms of the protocol. */
public enum Variant {
    SOTW,
    DELTA
}
