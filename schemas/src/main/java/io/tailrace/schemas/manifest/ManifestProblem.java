package io.tailrace.schemas.manifest;

import io.tailrace.schemas.kind.Problem;

/**
 * What is wrong in a file, and where.
 *
 * @param line from 1
 * @param column from 1
 */
public record ManifestProblem(String file, int line, int column, Problem problem) {

    /** One line, in the form that editors and terminals make a link of. */
    public String text() {
        return file + ":" + line + ":" + column + ": " + problem.text();
    }
}
