package io.tailrace.translator.core.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.log.v1.ObjectStatus;
import io.tailrace.translator.core.GroupInputs;
import io.tailrace.translator.core.GroupTranslation;
import io.tailrace.translator.core.ListEntry;
import io.tailrace.translator.core.MeshTranslation;
import io.tailrace.translator.core.Placed;
import io.tailrace.translator.core.Resource;
import io.tailrace.translator.core.ResourceName;
import io.tailrace.translator.core.ResourceTypes;
import io.tailrace.translator.core.Snapshot;
import io.tailrace.translator.core.Translation;
import io.tailrace.translator.core.clusters.ClusterName;
import io.tailrace.translator.core.raw.RawRefs;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What holds for every mesh. Each test goes over random ones; {@code -Dseed} runs one alone. */
class TranslationPropertiesTest {
    private static final long SEEDS = 30;

    @Test
    void whatDoesNotConcernAGroupDoesNotChangeIt() {
        forEveryGroup((mesh, group) -> {
            Translation all = GroupTranslation.translate(new GroupInputs(group, mesh.objects(), mesh.deletions()));

            Translation concerned = GroupTranslation.translate(mesh.inputs(group));

            assertThat(concerned.resources()).isEqualTo(all.resources());
            assertThat(concerned.entries()).isEqualTo(all.entries());
        });
    }

    @Test
    void bytesDoNotDependOnRevisions() {
        forEveryGroup((mesh, group) -> {
            SortedMap<ConfigKey, Placed<?>> later = new TreeMap<>();
            mesh.objects()
                    .forEach((key, object) ->
                            later.put(key, new Placed<>(key, object.value(), 10_000 - object.revision())));

            Translation translation = GroupTranslation.translate(new Snapshot(later, mesh.deletions()).inputs(group));

            assertThat(translation.resources().values())
                    .usingElementComparator((one, other) -> one.sameRecord(other) ? 0 : 1)
                    .containsExactlyElementsOf(GroupTranslation.translate(mesh.inputs(group))
                            .resources()
                            .values());
        });
    }

    @Test
    void refsAreWhatTheBytesName() {
        forEveryGroup((mesh, group) -> {
            Translation translation = GroupTranslation.translate(mesh.inputs(group));
            Set<ResourceName> clusters = translation.entries().stream()
                    .map(ListEntry::id)
                    .filter(id -> id.typeUrl().equals(ResourceTypes.CLUSTER))
                    .collect(Collectors.toSet());
            for (Resource resource : translation.resources().values()) {
                if (!resource.raw()) {
                    // A name of a cluster that doesn't exist is no ref.
                    List<ResourceName> named = RawRefs.of(any(resource)).stream()
                            .filter(ref -> !ref.typeUrl().equals(ResourceTypes.CLUSTER) || clusters.contains(ref))
                            .toList();
                    assertThat(resource.refs()).as(resource.id().toString()).isEqualTo(named);
                }
            }
        });
    }

    @Test
    void everyNodeHasAllThatItsRoutesAndListenersReferTo() {
        forEveryMesh(mesh -> {
            MeshTranslation translation = mesh.translate();
            translation.groups().keySet().forEach(group -> assertWhole(translation.resourcesOf(group)));
        });
    }

    private static void assertWhole(List<Resource> resources) {
        Set<ResourceName> names = resources.stream().map(Resource::id).collect(Collectors.toSet());
        assertThat(names).hasSameSizeAs(resources);
        assertThat(names).noneMatch(name -> ClusterName.isMissing(name.name()));
        resources.stream()
                .filter(resource -> !resource.raw())
                .flatMap(resource -> resource.refs().stream())
                .filter(ref -> !ref.typeUrl().equals(ResourceTypes.LOAD_ASSIGNMENT))
                .forEach(ref -> assertThat(names).contains(ref));
    }

    @Test
    void everyObjectHasAStatusOfItsRevision() {
        forEveryMesh(mesh -> {
            SortedMap<ConfigKey, ObjectStatus> statuses = mesh.translate().statuses();

            assertThat(statuses.keySet())
                    .containsExactlyElementsOf(mesh.objects().keySet());
            assertThat(statuses.values())
                    .extracting(ObjectStatus::getRevision)
                    .containsExactlyElementsOf(mesh.objects().values().stream()
                            .map(Placed::revision)
                            .toList());
        });
    }

    private static void forEveryGroup(BiConsumer<Snapshot, String> check) {
        forEveryMesh(mesh -> mesh.groups().forEach(group -> check.accept(mesh, group)));
    }

    private static void forEveryMesh(java.util.function.Consumer<Snapshot> check) {
        Long only = Long.getLong("seed");
        LongStream.rangeClosed(only == null ? 1 : only, only == null ? SEEDS : only)
                .forEach(seed -> {
                    try {
                        check.accept(RandomMesh.of(seed));
                    } catch (AssertionError | RuntimeException e) {
                        throw new AssertionError("-Dseed=" + seed + ": " + e.getMessage(), e);
                    }
                });
    }

    private static Any any(Resource resource) {
        return Any.newBuilder()
                .setTypeUrl(resource.id().typeUrl())
                .setValue(resource.bytes())
                .build();
    }
}
