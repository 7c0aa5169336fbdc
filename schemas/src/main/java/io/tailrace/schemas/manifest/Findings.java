package io.tailrace.schemas.manifest;

import io.tailrace.schemas.kind.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is wrong with a document so far, and where each of its fields stands. */
final class Findings {
    record Place(int line, int column) {}

    record Finding(Place place, Problem problem) {}

    private final List<Finding> found = new ArrayList<>();
    private final Map<String, Place> places = new HashMap<>();

    void stands(String field, Node node) {
        places.put(field, new Place(node.line(), node.column()));
    }

    void add(int line, int column, Problem problem) {
        found.add(new Finding(new Place(line, column), problem));
    }

    void add(Node node, String field, String expected) {
        add(node.line(), node.column(), Problem.of(field, node.describe(), expected));
    }

    /** A problem that was found later, at the place of its field or of the nearest one around it. */
    void add(Problem problem) {
        String field = problem.field();
        @Nullable Place place = places.get(field);
        while (place == null && !field.isEmpty()) {
            field = field.substring(0, Math.max(0, Math.max(field.lastIndexOf('.'), field.lastIndexOf('['))));
            place = places.get(field);
        }
        found.add(new Finding(place == null ? new Place(1, 1) : place, problem));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    List<Finding> all() {
        return List.copyOf(found);
    }
}
