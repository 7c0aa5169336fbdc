package io.tailrace.gateway.view;

/** What a client says that it can do, as far as it matters here. */
public enum ClientFeature {
    /** It drops a resource whose ttl passes, and takes heartbeats. */
    TTL,
    /** It unwraps a Resource in the place of a bare resource, state of the world's only place for a ttl. */
    WRAPPED_IN_SOTW
}
