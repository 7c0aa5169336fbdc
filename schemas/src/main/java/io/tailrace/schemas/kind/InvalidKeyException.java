package io.tailrace.schemas.kind;

/** A text is not a key, or an object has not what its key is made of. What is wrong is a value for the user. */
public final class InvalidKeyException extends RuntimeException {
    private final Problem problem;

    public InvalidKeyException(Problem problem) {
        super(problem.text());
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
