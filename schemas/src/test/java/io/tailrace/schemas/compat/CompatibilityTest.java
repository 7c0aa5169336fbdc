package io.tailrace.schemas.compat;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.log.v1.AssignmentRecord;
import io.tailrace.schemas.log.v1.FleetRecord;
import io.tailrace.schemas.log.v1.ObjectStatus;
import io.tailrace.schemas.log.v1.ResourceRecord;
import io.tailrace.schemas.log.v1.ServicePolicy;
import io.tailrace.schemas.log.v1.StoredObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the model against the committed one. After fields were added:
 * {@code ./mvnw -pl schemas test -Dtest=CompatibilityTest -DupdateModel}, and commit the changed lines.
 */
class CompatibilityTest {
    private static final Path COMMITTED = Path.of("src/test/resources/model/model.txt");
    private static final Path PROTOS = Path.of("src/main/proto");

    @Test
    void noRecordThatLiesOnALogIsReadOtherwise() throws IOException {
        WireModel committed = WireModel.parse(Files.readAllLines(COMMITTED));

        assertThat(committed.brokenBy(WireModel.of(files())))
                .as("give a removed field's number and name to `reserved`; instead of changing a field add another")
                .isEmpty();
    }

    @Test
    void theCommittedModelIsUpToDate() throws IOException {
        WireModel model = WireModel.of(files());
        if (System.getProperty("updateModel") != null) {
            assertThat(WireModel.parse(Files.readAllLines(COMMITTED)).brokenBy(model))
                    .isEmpty();
            Files.write(COMMITTED, model.lines());
        }

        assertThat(Files.readAllLines(COMMITTED))
                .as("-DupdateModel writes it")
                .containsExactlyElementsOf(model.lines());
    }

    @Test
    void everyProtoFileIsInTheModel() throws IOException {
        try (Stream<Path> paths = Files.walk(PROTOS)) {
            List<String> written = paths.filter(path -> path.toString().endsWith(".proto"))
                    .map(path -> PROTOS.relativize(path).toString().replace('\\', '/'))
                    .sorted()
                    .toList();

            assertThat(files()).extracting(FileDescriptorProto::getName).containsExactlyElementsOf(written);
        }
    }

    static Stream<Map.Entry<String, Consumer<DescriptorProto.Builder>>> incompatibleChanges() {
        return Stream.of(
                Map.entry("field tailrace.v1.EndpointSpec 7 is gone", spec -> remove(spec, "weight")),
                Map.entry(
                        "field tailrace.v1.EndpointSpec 7 was optional uint32 weight, is ",
                        spec -> field(spec, "weight").setType(FieldDescriptorProto.Type.TYPE_INT64)),
                Map.entry(
                        "field tailrace.v1.EndpointSpec 7 is gone",
                        spec -> field(spec, "weight").setNumber(77)),
                Map.entry(
                        "field tailrace.v1.EndpointSpec 7 was ",
                        spec -> field(spec, "weight").setName("share")),
                Map.entry(
                        "field tailrace.v1.EndpointSpec 7 was ",
                        spec -> field(spec, "weight").setLabel(FieldDescriptorProto.Label.LABEL_REPEATED)),
                Map.entry(
                        "field tailrace.v1.EndpointSpec 7 was ",
                        spec -> field(spec, "weight").setJsonName("share")),
                Map.entry("field tailrace.v1.EndpointSpec 7 is gone", spec -> {
                    remove(spec, "weight");
                    spec.addReservedRange(DescriptorProto.ReservedRange.newBuilder()
                            .setStart(7)
                            .setEnd(8));
                }),
                Map.entry(
                        "value tailrace.v1.EndpointSpec.Health 3 is gone",
                        spec -> spec.getEnumTypeBuilder(0).removeValue(3)),
                Map.entry(
                        "value tailrace.v1.EndpointSpec.Health 3 was Draining, is Leaving",
                        spec -> spec.getEnumTypeBuilder(0).getValueBuilder(3).setName("Leaving")),
                Map.entry(
                        "map tailrace.v1.EndpointSpec.LabelsEntry was ",
                        spec -> spec.getNestedTypeBuilderList()
                                .forEach(entry ->
                                        entry.getFieldBuilder(1).setType(FieldDescriptorProto.Type.TYPE_BYTES))),
                Map.entry("enum tailrace.v1.EndpointSpec.Health is gone", DescriptorProto.Builder::clearEnumType));
    }

    @ParameterizedTest
    @MethodSource("incompatibleChanges")
    void anIncompatibleChangeIsFound(Map.Entry<String, Consumer<DescriptorProto.Builder>> change) {
        assertThat(WireModel.of(files()).brokenBy(changed(change.getValue())))
                .anySatisfy(line -> assertThat(line).startsWith(change.getKey()));
    }

    @Test
    void aRemovedMessageIsFound() {
        List<FileDescriptorProto> without = files().stream()
                .filter(file -> !file.getName().endsWith("endpoint.proto"))
                .toList();

        assertThat(WireModel.of(files()).brokenBy(WireModel.of(without)))
                .contains("message tailrace.v1.EndpointSpec is gone: ");
    }

    @Test
    void aFieldMayBeAddedAndOneMayGoWhoseNumberAndNameAreReserved() {
        WireModel newer = changed(spec -> {
            remove(spec, "weight");
            spec.addReservedName("weight")
                    .addReservedRange(DescriptorProto.ReservedRange.newBuilder()
                            .setStart(7)
                            .setEnd(8));
            spec.addFieldBuilder()
                    .setName("zeal")
                    .setNumber(90)
                    .setType(FieldDescriptorProto.Type.TYPE_BOOL)
                    .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL);
        });

        assertThat(WireModel.of(files()).brokenBy(newer)).isEmpty();
    }

    private static WireModel changed(Consumer<DescriptorProto.Builder> change) {
        return WireModel.of(files().stream()
                .map(file -> {
                    FileDescriptorProto.Builder builder = file.toBuilder();
                    builder.getMessageTypeBuilderList().stream()
                            .filter(message -> message.getName().equals("EndpointSpec"))
                            .forEach(change);
                    return builder.build();
                })
                .toList());
    }

    private static FieldDescriptorProto.Builder field(DescriptorProto.Builder message, String name) {
        return message.getFieldBuilderList().stream()
                .filter(field -> field.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void remove(DescriptorProto.Builder message, String name) {
        List<FieldDescriptorProto> kept = message.getFieldList().stream()
                .filter(field -> !field.getName().equals(name))
                .toList();
        message.clearField().addAllField(kept);
    }

    /** Ours, sorted by name: all that the kinds and the topics' records need, and the translators' own. */
    private static List<FileDescriptorProto> files() {
        List<FileDescriptor> roots = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            roots.add(kind.prototype().getDescriptorForType().getFile());
        }
        roots.add(ResourceRecord.getDescriptor().getFile());
        roots.add(AssignmentRecord.getDescriptor().getFile());
        roots.add(ServicePolicy.getDescriptor().getFile());
        roots.add(ObjectStatus.getDescriptor().getFile());
        roots.add(FleetRecord.getDescriptor().getFile());
        roots.add(StoredObject.getDescriptor().getFile());
        Map<String, FileDescriptorProto> files = new TreeMap<>();
        roots.forEach(root -> collect(root, files));
        return List.copyOf(files.values());
    }

    private static void collect(FileDescriptor file, Map<String, FileDescriptorProto> files) {
        if (file.getPackage().startsWith("tailrace.") && files.put(file.getName(), file.toProto()) == null) {
            file.getDependencies().forEach(dependency -> collect(dependency, files));
        }
    }
}
