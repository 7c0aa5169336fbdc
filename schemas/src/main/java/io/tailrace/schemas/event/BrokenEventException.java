package io.tailrace.schemas.event;

import io.tailrace.schemas.kind.Problem;

/** Carries a defect out of the codec's depths to where it becomes a value. */
final class BrokenEventException extends Exception {
    private final Problem problem;

    BrokenEventException(Problem problem) {
        super(problem.text());
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
