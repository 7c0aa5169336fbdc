/** What every process serves about itself over HTTP. */
@NullMarked
package io.tailrace.cli.http;

import org.jspecify.annotations.NullMarked;
