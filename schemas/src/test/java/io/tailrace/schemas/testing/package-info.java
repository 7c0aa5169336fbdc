/** What the tests of every module share: a real Kafka broker in the test's JVM. */
@NullMarked
package io.tailrace.schemas.testing;

import org.jspecify.annotations.NullMarked;
