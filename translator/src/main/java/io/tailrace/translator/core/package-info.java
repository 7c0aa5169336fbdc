/**
 * The pure translation: objects in, Envoy resources and verdicts out. Nothing here knows Kafka, gRPC, a log, a metric, a
 * clock, a thread or a file. Read {@link io.tailrace.translator.core.GroupTranslation} first.
 */
@NullMarked
package io.tailrace.translator.core;

import org.jspecify.annotations.NullMarked;
