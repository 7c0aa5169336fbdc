package io.tailrace.cli.objects;

import io.tailrace.cli.options.CommandFailedException;
import io.tailrace.cli.options.ExitCode;
import io.tailrace.schemas.kind.Kind;
import java.util.Arrays;
import java.util.Locale;

/** Kinds as people type them. */
public final class Kinds {
    private Kinds() {}

    /** Whatever its case, singular or plural: "httproute", "HTTPRoutes". */
    public static Kind parse(String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        for (Kind kind : Kind.values()) {
            String id = kind.id().toLowerCase(Locale.ROOT);
            if (wanted.equals(id) || wanted.equals(id + "s")) {
                return kind;
            }
        }
        throw new CommandFailedException(
                ExitCode.INVALID,
                "KIND: found \"" + text + "\", expected one of "
                        + Arrays.stream(Kind.values()).map(Kind::id).toList());
    }
}
