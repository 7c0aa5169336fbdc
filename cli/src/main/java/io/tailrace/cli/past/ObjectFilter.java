package io.tailrace.cli.past;

import io.tailrace.cli.objects.Kinds;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.kind.ObjectKey;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which objects a person means. */
final class ObjectFilter {
    @Option(names = "--kind", description = "Only this kind, whatever its case.")
    private @Nullable String kindText;

    @Option(
            names = {"-n", "--namespace"},
            description = "Only this namespace.")
    private @Nullable String namespace;

    @Option(names = "--name", description = "Only objects of this name; of an endpoint, its instance.")
    private @Nullable String name;

    /** Throws CommandFailedException if there is no such kind. */
    Predicate<ObjectKey> wanted() {
        Kind kind = kindText == null ? null : Kinds.parse(kindText);
        return key -> (kind == null || kind == key.kind())
                && (namespace == null || namespace.equals(key.namespace()))
                && (name == null || name.equals(key.name()));
    }

    /** Every object is meant. */
    boolean isAll() {
        return kindText == null && namespace == null && name == null;
    }
}
