package io.tailrace.schemas.publish;

import io.tailrace.schemas.kind.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** Some of the objects are wrong. Nothing was published, neither these nor the others. */
public final class InvalidObjectsException extends RuntimeException {
    private final List<Problem> problems;

    public InvalidObjectsException(List<Problem> problems) {
        super(problems.stream().map(Problem::text).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    /** All of them, in the order of the objects. */
    public List<Problem> problems() {
        return problems;
    }
}
