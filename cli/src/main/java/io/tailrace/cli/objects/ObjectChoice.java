package io.tailrace.cli.objects;

import io.tailrace.cli.options.CommandFailedException;
import io.tailrace.cli.options.ExitCode;
import io.tailrace.schemas.kind.EndpointKey;
import io.tailrace.schemas.kind.KeyText;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.kind.ObjectKey;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Which object is meant by what a person typed. An endpoint's name is its instance, which several services and sources may
 * have: {@code service/source/instance} names one exactly.
 */
record ObjectChoice(Kind kind, String mesh, String namespace, String name) {
    /** Empty: there is none. Throws CommandFailedException that lists the candidates if several are meant. */
    Optional<ObjectKey> among(Collection<ObjectKey> keys) {
        List<ObjectKey> found = keys.stream()
                .filter(key -> key.kind() == kind
                        && key.mesh().equals(mesh)
                        && key.namespace().equals(namespace)
                        && (key.name().equals(name) || exact(key).equals(name)))
                .toList();
        if (found.size() > 1) {
            throw new CommandFailedException(
                    ExitCode.INVALID,
                    "NAME: found \"" + name + "\", which " + found.size() + " of kind " + kind.id()
                            + " have, expected one of "
                            + found.stream().map(ObjectChoice::exact).sorted().toList());
        }
        return found.stream().findFirst();
    }

    String text() {
        return kind.id() + " " + namespace + "/" + name + " in mesh " + mesh;
    }

    /** What names an object of its kind and namespace alone. */
    static String exact(ObjectKey key) {
        return key instanceof EndpointKey endpoint
                ? KeyText.join(endpoint.service(), endpoint.source(), endpoint.instance())
                : key.name();
    }
}
