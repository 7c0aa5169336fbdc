/** Commands about objects: on the log ({@code apply}, {@code delete}, {@code get}) and offline ({@code validate}, {@code translate}). */
@NullMarked
package io.tailrace.cli.objects;

import org.jspecify.annotations.NullMarked;
