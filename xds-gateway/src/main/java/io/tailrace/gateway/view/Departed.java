package io.tailrace.gateway.view;

/**
 * A cluster that left a group, or a load assignment that left a mesh, lately: nodes that reconnect may still have it and
 * need it until what refers to it is replaced (XDS.md, rule 22).
 */
record Departed(BodyKey key, Body body, long atMs) {}
