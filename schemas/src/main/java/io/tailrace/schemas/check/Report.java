package io.tailrace.schemas.check;

import com.google.protobuf.Message;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.kind.Problem;
import io.tailrace.schemas.v1.Metadata;
import java.util.ArrayList;
import java.util.List;

/** Collects an object's problems, with the object's name on each. */
final class Report {
    private static final int LONGEST_QUOTE = 80;

    private final String kind;
    private final Metadata metadata;
    private final List<Problem> problems = new ArrayList<>();

    private Report(String kind, Metadata metadata) {
        this.kind = kind;
        this.metadata = metadata;
    }

    static Report of(Message object) {
        return new Report(Kind.of(object).id(), Kind.metadata(object));
    }

    void add(String field, String found, String expected) {
        add(field, found, expected, "");
    }

    void add(String field, String found, String expected, String advice) {
        problems.add(new Problem(kind, metadata.getNamespace(), metadata.getName(), field, found, expected, advice));
    }

    /** Text that stands there, in quotes and not too long. */
    void text(String field, String found, String expected) {
        add(field, quoted(found), expected);
    }

    static String quoted(String text) {
        if (text.isEmpty()) {
            return "nothing";
        }
        String start = text.substring(0, Math.min(text.length(), LONGEST_QUOTE));
        StringBuilder quoted = new StringBuilder("\"");
        start.chars().forEach(c -> {
            if (c < ' ' || c == 0x7f) {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append(start.length() < text.length() ? "...\"" : "\"").toString();
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }
}
