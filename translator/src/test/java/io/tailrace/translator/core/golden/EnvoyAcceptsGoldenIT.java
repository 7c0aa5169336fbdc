package io.tailrace.translator.core.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.translator.core.MeshTranslation;
import io.tailrace.translator.core.render.Rendering;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Envoy itself validates all that the golden cases give: one resource that it rejects would take a whole response with it. */
class EnvoyAcceptsGoldenIT {
    private static final long MESHES = 30;

    private final EnvoyBinary envoy = EnvoyBinary.fromEnvironment();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void envoyAcceptsTheWholeOutputOfEveryCase() throws IOException, InterruptedException {
        String objection = validate(GoldenCase.names());

        if (!objection.isEmpty()) {
            assertThat(objections()).as("what Envoy has against a case").isEmpty();
        }
        assertThat(objection).as("what Envoy has against all together").isEmpty();
    }

    @Test
    void envoyAcceptsWhatMeshesOfUnrelatedObjectsGive() throws IOException, InterruptedException {
        StaticBootstrap bootstrap = new StaticBootstrap();
        for (long seed = 1; seed <= MESHES; seed++) {
            MeshTranslation mesh = RandomMesh.of(seed).translate();
            for (String group : mesh.groups().keySet()) {
                bootstrap.add(seed + "/" + group, mesh.resourcesOf(group), new TreeMap<>());
            }
        }

        assertThat(validate(bootstrap)).as("names begin with the seed").isEmpty();
    }

    /** By case, since one run for all doesn't tell which it was. */
    private SortedMap<String, String> objections() throws IOException, InterruptedException {
        SortedMap<String, String> objections = new TreeMap<>();
        for (String name : GoldenCase.names()) {
            String objection = validate(List.of(name));
            if (!objection.isEmpty()) {
                objections.put(name, objection);
            }
        }
        return objections;
    }

    private String validate(List<String> cases) throws IOException, InterruptedException {
        StaticBootstrap bootstrap = new StaticBootstrap();
        for (String name : cases) {
            GoldenOutput output = GoldenOutput.of(GoldenCase.read(name));
            for (String group : output.mesh().groups().keySet()) {
                bootstrap.add(name + "/" + group, output.mesh().resourcesOf(group), output.assignments());
            }
        }
        return validate(bootstrap);
    }

    private String validate(StaticBootstrap bootstrap) throws IOException, InterruptedException {
        Path file = folder.resolve("envoy.json");
        Files.writeString(file, Rendering.json(bootstrap.bootstrap()));
        return envoy.validate(file);
    }
}
