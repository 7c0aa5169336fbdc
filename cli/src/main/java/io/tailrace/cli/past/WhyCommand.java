package io.tailrace.cli.past;

import io.tailrace.cli.options.CommandFailedException;
import io.tailrace.cli.options.ExitCode;
import io.tailrace.cli.output.OutputOptions;
import io.tailrace.cli.output.ProgressLine;
import io.tailrace.schemas.bytes.LogPosition;
import io.tailrace.schemas.bytes.Version;
import io.tailrace.translator.core.ResourceName;
import io.tailrace.translator.past.Explanation;
import io.tailrace.translator.past.LogState;
import io.tailrace.translator.past.Past;
import io.tailrace.translator.past.Why;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tailrace why}. */
@Command(
        name = "why",
        description = {
            "Show the events that made an Envoy resource what it is.",
            "These are those without which it would be another, each with the fields that it made so. Also why a resource"
                    + " isn't there, if TYPE/NAME names one that an event took away."
        },
        footer = {"", "Example:", "  tailrace why --group edge route/8080"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:shown",
            "1:Kafka can't be reached",
            "2:there is no such group, node, resource or version, or the call is wrong"
        },
        mixinStandardHelpOptions = true)
public final class WhyCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "RESOURCE|VERSION",
            description =
                    "TYPE/NAME, as in cluster/default/cart/80; NAME, if one type has it; or a version from Envoy's"
                            + " config_dump (version_info), whose group is found.")
    private String resource = "";

    @Option(
            names = {"-g", "--group"},
            description = "The proxy group.")
    private @Nullable String group;

    @Option(names = "--node", description = "A node, in the place of its group.")
    private @Nullable String node;

    @Option(names = "--at", paramLabel = "MOMENT", description = "As it was then (default: now): " + Moment.FORMS + ".")
    private @Nullable String at;

    @Mixin
    private final PastOptions past = new PastOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    private record Found(LogState state, String group, ResourceName name) {}

    @Override
    public Integer call() {
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        Found found = past.read(
                err, log -> version().map(version -> find(version, log)).orElseGet(() -> find(log)));
        ProgressLine progress = new ProgressLine(err);
        Explanation explanation = Why.explain(
                found.state(), found.group(), found.name(), done -> progress.report("leaving out events", done));
        boolean isThere = explanation.resource() != null;
        if (!isThere
                && explanation.reasons().isEmpty()
                && explanation.repeated().isEmpty()) {
            throw ResourceText.unknown(
                    resource, new Past(found.state()).resources(found.group()).keySet());
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        ExplanationText text = new ExplanationText(found.group(), explanation);
        out.println(output.format() == OutputOptions.Format.TABLE ? text.text() : output.render(text.rows()));
        return ExitCode.OK;
    }

    private Optional<Version> version() {
        try {
            return Optional.of(Version.parse(resource));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Found find(PastLog log) {
        Moment moment = at == null ? new Moment.Now() : Moment.parse("--at", at, Instant.now());
        LogState state = log.at(List.of(moment)).getFirst();
        Past groups = new Past(state);
        String wanted = wantedGroup();
        requireGroup(wanted, groups.groups());
        return new Found(
                state,
                wanted,
                ResourceText.find(resource, groups.resources(wanted).keySet()));
    }

    /** Where the version says first; but a group may have come to use what it names later. */
    private Found find(Version version, PastLog log) {
        LogPosition position = LogPosition.parse(version.position());
        for (Moment moment : List.of(new Moment.At(position), new Moment.Now())) {
            LogState state = log.at(List.of(moment)).getFirst();
            Optional<Found> found = find(version, state);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new CommandFailedException(
                ExitCode.INVALID,
                "VERSION: found \"" + version + "\", which no group of mesh " + past.mesh()
                        + " had then, nor has now: --mesh names another mesh");
    }

    private Optional<Found> find(Version version, LogState state) {
        Past groups = new Past(state);
        SortedSet<String> candidates =
                group == null && node == null ? groups.groups() : new TreeSet<>(List.of(wantedGroup()));
        for (String candidate : candidates) {
            Optional<ResourceName> name = groups.named(candidate, version.contentHash());
            if (name.isPresent()) {
                return Optional.of(new Found(state, candidate, name.get()));
            }
        }
        return Optional.empty();
    }

    private String wantedGroup() {
        if (group != null) {
            return group;
        }
        if (node == null) {
            throw new CommandFailedException(
                    ExitCode.INVALID, "found no group, expected --group, --node, or a version as VERSION");
        }
        return NodeGroup.of(node, past.mesh(), past.kafka());
    }

    private static void requireGroup(String wanted, SortedSet<String> groups) {
        if (!groups.contains(wanted)) {
            throw new CommandFailedException(
                    ExitCode.INVALID, "--group: found \"" + wanted + "\", expected one of " + groups);
        }
    }
}
