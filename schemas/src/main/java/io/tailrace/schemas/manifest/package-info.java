/** Objects as people write them: YAML and JSON files of many documents, and back. */
@NullMarked
package io.tailrace.schemas.manifest;

import org.jspecify.annotations.NullMarked;
