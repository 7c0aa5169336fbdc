package io.tailrace.cli.past;

import io.tailrace.cli.options.CommandFailedException;
import io.tailrace.cli.options.ExitCode;
import io.tailrace.schemas.check.EnvoyResourceType;
import io.tailrace.translator.core.ResourceName;
import io.tailrace.translator.core.ResourceTypes;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Envoy's resources as people name them: {@code cluster/default/cart/80}, or the name alone where one type has it. */
final class ResourceText {
    private static final Map<String, String> SHORT = Map.of(
            "lds", ResourceTypes.LISTENER,
            "rds", ResourceTypes.ROUTE_CONFIGURATION,
            "route", ResourceTypes.ROUTE_CONFIGURATION,
            "routes", ResourceTypes.ROUTE_CONFIGURATION,
            "cds", ResourceTypes.CLUSTER,
            "eds", ResourceTypes.LOAD_ASSIGNMENT,
            "endpoints", ResourceTypes.LOAD_ASSIGNMENT);

    private ResourceText() {}

    static String text(ResourceName name) {
        return ResourceTypes.shortName(name.typeUrl()) + " " + name.name();
    }

    /**
     * The resource that is meant: one of those that are there, or one that says its type and isn't there. Throws
     * {@link CommandFailedException} if it may be several, or none.
     */
    static ResourceName find(String text, Collection<ResourceName> there) {
        Optional<ResourceName> typed = typed(text, there);
        if (typed.isPresent()) {
            return typed.get();
        }
        List<ResourceName> exact =
                there.stream().filter(name -> name.name().equals(text)).toList();
        List<ResourceName> named = exact.isEmpty()
                ? there.stream().filter(name -> isNamed(name, text)).toList()
                : exact;
        if (named.size() == 1) {
            return named.getFirst();
        }
        throw unknown(text, named.isEmpty() ? there : named);
    }

    static CommandFailedException unknown(String text, Collection<ResourceName> there) {
        return new CommandFailedException(
                ExitCode.INVALID,
                "RESOURCE: found \"" + text + "\", expected one of "
                        + there.stream()
                                .map(name -> ResourceTypes.shortName(name.typeUrl()) + "/" + name.name())
                                .toList());
    }

    private static Optional<ResourceName> typed(String text, Collection<ResourceName> there) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        String rest = text.substring(slash + 1);
        return typeUrl(text.substring(0, slash))
                .map(typeUrl -> there.stream()
                        .filter(name -> name.typeUrl().equals(typeUrl) && isNamed(name, rest))
                        .findFirst()
                        .orElse(new ResourceName(typeUrl, rest)));
    }

    /** A load assignment goes by its cluster's name too: the hash behind it is nothing to remember. */
    private static boolean isNamed(ResourceName name, String text) {
        return name.name().equals(text)
                || (name.typeUrl().equals(ResourceTypes.LOAD_ASSIGNMENT)
                        && name.name().startsWith(text + "~"));
    }

    private static Optional<String> typeUrl(String word) {
        String wanted = word.toLowerCase(Locale.ROOT);
        String known = SHORT.get(wanted);
        if (known != null) {
            return Optional.of(known);
        }
        for (EnvoyResourceType type : EnvoyResourceType.values()) {
            if (ResourceTypes.shortName(type.typeUrl()).toLowerCase(Locale.ROOT).equals(wanted)) {
                return Optional.of(type.typeUrl());
            }
        }
        return Optional.empty();
    }
}
