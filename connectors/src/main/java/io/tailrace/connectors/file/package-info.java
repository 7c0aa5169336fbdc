/** The file source: folders of YAML and JSON, watched. */
@NullMarked
package io.tailrace.connectors.file;

import org.jspecify.annotations.NullMarked;
