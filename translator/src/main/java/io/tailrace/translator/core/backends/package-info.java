/** What routes send to: backendRefs looked up among the Services of the mesh. */
@NullMarked
package io.tailrace.translator.core.backends;

import org.jspecify.annotations.NullMarked;
