/**
 * Publishes what sources know (files, Kubernetes, Consul, DNS, ...) to the log, as change events that were checked first.
 */
@NullMarked
package io.tailrace.connectors;

import org.jspecify.annotations.NullMarked;
