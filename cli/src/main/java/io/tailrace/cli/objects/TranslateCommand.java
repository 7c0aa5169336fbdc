package io.tailrace.cli.objects;

import com.google.gson.GsonBuilder;
import io.tailrace.cli.options.CommandFailedException;
import io.tailrace.cli.options.ExitCode;
import io.tailrace.cli.output.OutputOptions;
import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.EndpointKey;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.log.v1.PortPolicy;
import io.tailrace.schemas.manifest.ManifestObject;
import io.tailrace.schemas.v1.Endpoint;
import io.tailrace.translator.core.MeshTranslation;
import io.tailrace.translator.core.Placed;
import io.tailrace.translator.core.Resource;
import io.tailrace.translator.core.ServiceTranslation;
import io.tailrace.translator.core.Snapshot;
import io.tailrace.translator.core.clusters.LoadAssignments;
import io.tailrace.translator.core.render.Rendering;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tailrace translate}. */
@Command(
        name = "translate",
        description = {
            "Print the Envoy configuration that a group gets from files, offline.",
            "Problems go to the error stream. The same files give the same text, always."
        },
        footer = {"", "Example:", "  tailrace translate -f config/ --group edge"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:printed, nothing is wrong",
            "2:some objects have problems, there is no such group, or the call is wrong"
        },
        mixinStandardHelpOptions = true)
public final class TranslateCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE|DIR|-",
            description = "A file, a folder, or - for standard input; may be given more than once.")
    private List<Path> paths = List.of();

    @Option(
            names = {"-g", "--group"},
            required = true,
            description = "The proxy group.")
    private String group = "";

    @Option(names = "--mesh", defaultValue = "default", description = "The mesh (default: ${DEFAULT-VALUE}).")
    private String mesh = "default";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "yaml",
            description = "yaml or json (default: ${DEFAULT-VALUE}).")
    private OutputOptions.Format format = OutputOptions.Format.YAML;

    @Override
    public Integer call() {
        ManifestFiles files = ManifestFiles.read(paths, "translate");
        MeshTranslation translation = new Snapshot(placed(files), new TreeMap<>()).translate();
        if (!translation.groups().containsKey(group)) {
            throw new CommandFailedException(
                    ExitCode.INVALID,
                    "--group: found \"" + group + "\", expected one of "
                            + translation.groups().keySet());
        }
        List<Resource> resources = new ArrayList<>(translation.resourcesOf(group));
        resources.addAll(assignments(translation, resources, endpoints(files)));
        print(resources);
        return problems(files, translation) ? ExitCode.INVALID : ExitCode.OK;
    }

    private void print(List<Resource> resources) {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Map<String, List<Object>> tree =
                Map.of("resources", resources.stream().map(Rendering::tree).toList());
        out.println(
                switch (format) {
                    case JSON ->
                        new GsonBuilder()
                                .disableHtmlEscaping()
                                .setPrettyPrinting()
                                .create()
                                .toJson(tree);
                    case YAML, TABLE -> Rendering.yaml((Object) tree).stripTrailing();
                });
    }

    private boolean problems(ManifestFiles files, MeshTranslation translation) {
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        files.problems().forEach(problem -> err.println(problem.text()));
        List<String> found = translation.statuses().values().stream()
                .flatMap(status -> Verdict.problems(status).stream())
                .distinct()
                .toList();
        found.forEach(err::println);
        return !found.isEmpty() || !files.problems().isEmpty();
    }

    /** A place in the files stands for the revision that an object has on the log. */
    private SortedMap<ConfigKey, Placed<?>> placed(ManifestFiles files) {
        SortedMap<ConfigKey, Placed<?>> placed = new TreeMap<>();
        files.objects().forEach((key, object) -> {
            if (key instanceof ConfigKey config && key.mesh().equals(mesh) && key.kind() != Kind.SECRET) {
                placed.put(config, new Placed<>(config, object.object(), placed.size()));
            }
        });
        return placed;
    }

    private SortedMap<EndpointKey, Endpoint> endpoints(ManifestFiles files) {
        SortedMap<EndpointKey, Endpoint> endpoints = new TreeMap<>();
        for (ManifestObject object : files.objects().values()) {
            if (object.key() instanceof EndpointKey key
                    && key.mesh().equals(mesh)
                    && object.object() instanceof Endpoint endpoint) {
                endpoints.put(key, endpoint);
            }
        }
        return endpoints;
    }

    /** Of the clusters that the group has. */
    private static List<Resource> assignments(
            MeshTranslation translation, List<Resource> resources, SortedMap<EndpointKey, Endpoint> endpoints) {
        Set<String> wanted = new HashSet<>();
        resources.forEach(resource -> resource.refs().forEach(ref -> wanted.add(ref.name())));
        List<Resource> assignments = new ArrayList<>();
        for (Map.Entry<ConfigKey, ServiceTranslation> service :
                translation.services().entrySet()) {
            SortedMap<EndpointKey, Endpoint> own = new TreeMap<>(endpoints);
            own.keySet()
                    .removeIf(key -> !key.namespace().equals(service.getKey().namespace())
                            || !key.service().equals(service.getKey().name()));
            for (PortPolicy port : service.getValue().policy().getPortsList()) {
                if (wanted.contains(port.getAssignment())) {
                    assignments.add(
                            Resource.of("", port.getAssignment(), LoadAssignments.of(port, own), List.of(), List.of()));
                }
            }
        }
        return assignments;
    }
}
