/**
 * What the other modules share and meet by: the model that users write, the checks on it, the table of topics, and
 * the records that lie on them. It imports none of the others.
 */
@NullMarked
package io.tailrace.schemas;

import org.jspecify.annotations.NullMarked;
