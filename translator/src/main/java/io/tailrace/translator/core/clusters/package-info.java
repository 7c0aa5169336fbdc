/** From Services and Endpoints to clusters, policies of the endpoint lane and load assignments. */
@NullMarked
package io.tailrace.translator.core.clusters;

import org.jspecify.annotations.NullMarked;
