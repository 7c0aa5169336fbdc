/** From HTTPRoutes to virtual hosts: order of matches, actions and rewrites. */
@NullMarked
package io.tailrace.translator.core.routes;

import org.jspecify.annotations.NullMarked;
