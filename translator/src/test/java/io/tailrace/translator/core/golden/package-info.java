/** Golden cases: a folder of manifests and the whole output that they must give, to the byte. */
@NullMarked
package io.tailrace.translator.core.golden;

import org.jspecify.annotations.NullMarked;
