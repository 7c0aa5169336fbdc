package io.tailrace.schemas.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.tailrace.schemas.bytes.Deterministic;
import io.tailrace.schemas.v1.EnvoyResource;
import io.tailrace.schemas.v1.EnvoyResourceSpec;
import io.tailrace.schemas.v1.LoadBalancer;
import io.tailrace.schemas.v1.Metadata;
import io.tailrace.schemas.v1.Service;
import io.tailrace.schemas.v1.ServicePort;
import io.tailrace.schemas.v1.ServiceSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeChecksTest {
    private static final UnknownFieldSet UNKNOWN = UnknownFieldSet.newBuilder()
            .addField(99, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
            .build();
    private static final Metadata METADATA = Metadata.newBuilder()
            .setMesh("default")
            .setNamespace("default")
            .setName("a")
            .build();
    private static final Service SERVICE = Service.newBuilder()
            .setMetadata(METADATA)
            .setSpec(ServiceSpec.newBuilder().addPorts(ServicePort.newBuilder().setPort(80)))
            .build();

    @Test
    void anUnknownFieldIsNamedByItsNumberAndPlace() {
        Service.Builder service = SERVICE.toBuilder();
        service.getSpecBuilder().getPortsBuilder(0).setUnknownFields(UNKNOWN);

        assertThat(Validation.check(service.build()))
                .extracting(Checked::line)
                .containsExactly(
                        "spec.ports[0]: an unknown field with the number 99, the fields of tailrace.v1.ServicePort");
    }

    @Test
    void anUnknownEnumNumberIsNamedWithTheKnownOnes() {
        Service.Builder service = SERVICE.toBuilder();
        service.getSpecBuilder().setLoadBalancer(LoadBalancer.newBuilder().setTypeValue(42));

        assertThat(Validation.check(service.build()))
                .extracting(Checked::line)
                .containsExactly("spec.loadBalancer.type: the number 42, one of RoundRobin (1), LeastRequest (2), "
                        + "Random (3), RingHash (4), Maglev (5)");
    }

    @Test
    void halfOfASurrogatePairIsNoText() {
        Service.Builder service = SERVICE.toBuilder();
        service.getMetadataBuilder().putLabels("a", "\ud83d");

        assertThat(Validation.check(service.build()))
                .extracting(Checked::line)
                .containsExactly("metadata.labels[a]: half of a surrogate pair, Unicode text");
    }

    @Test
    void anObjectOfMoreThanAMebibyteIsRefused() {
        Service.Builder service = SERVICE.toBuilder();
        service.getMetadataBuilder().putLabels("a", "x".repeat(1 << 20));

        assertThat(Validation.check(service.build()))
                .singleElement()
                .satisfies(problem -> assertThat(problem.expected()).isEqualTo("at most 1048576"));
    }

    @Test
    void aRawResourceWithATypeAndANameIsValid() {
        for (EnvoyResourceType type : EnvoyResourceType.values()) {
            var field = type.prototype()
                    .getDescriptorForType()
                    .findFieldByName(type == EnvoyResourceType.CLUSTER_LOAD_ASSIGNMENT ? "cluster_name" : "name");
            var body = type.prototype().newBuilderForType().setField(field, "x").build();

            assertThat(problems(Deterministic.pack(body))).isEmpty();
            assertThat(type.name(Deterministic.pack(body))).isEqualTo("x");
            assertThat(problems(Deterministic.pack(type.prototype())))
                    .containsExactly("spec.resource." + type.nameField() + ": nothing, the resource's name");
        }
    }

    @Test
    void aRawResourceOfAnotherTypeIsRefused() {
        assertThat(problems(Any.newBuilder()
                        .setTypeUrl("type.googleapis.com/envoy.config.core.v3.Node")
                        .build()))
                .singleElement()
                .asString()
                .startsWith("spec.resource.@type: \"type.googleapis.com/envoy.config.core.v3.Node\"");
        assertThat(problems(Any.getDefaultInstance()))
                .singleElement()
                .asString()
                .startsWith("spec.resource.@type: nothing");
    }

    @Test
    void aRawResourcesUnknownFieldIsNamedAtEveryDepth() {
        Cluster inner =
                Cluster.newBuilder().setName("i").setUnknownFields(UNKNOWN).build();
        TypedExtensionConfig outer = TypedExtensionConfig.newBuilder()
                .setName("o")
                .setTypedConfig(Deterministic.pack(inner))
                .build();

        assertThat(problems(Deterministic.pack(outer)))
                .containsExactly("spec.resource.typedConfig: an unknown field with the number 99, "
                        + "the fields of envoy.config.cluster.v3.Cluster");
    }

    @Test
    void bytesThatAreNotOfTheirTypeAreRefused() {
        Any any = Any.newBuilder()
                .setTypeUrl(EnvoyResourceType.CLUSTER.typeUrl())
                .setValue(ByteString.copyFromUtf8("no"))
                .build();

        assertThat(problems(any)).singleElement().asString().startsWith("spec.resource: 2 bytes that can't be read");
    }

    @Test
    void aNestedTypeThatIsNotKnownHereIsLeftToEnvoy() {
        TypedExtensionConfig outer = TypedExtensionConfig.newBuilder()
                .setName("o")
                .setTypedConfig(Any.newBuilder().setTypeUrl("type.googleapis.com/envoy.tomorrow.v9.New"))
                .build();

        assertThat(problems(Deterministic.pack(outer))).isEmpty();
    }

    @Test
    void messagesPackedIntoEachOtherWithoutEndAreRefused() {
        Any any = Any.getDefaultInstance();
        for (int i = 0; i < 2000; i++) {
            any = Deterministic.pack(TypedExtensionConfig.newBuilder()
                    .setName("o")
                    .setTypedConfig(any)
                    .build());
        }

        assertThat(problems(any)).singleElement().asString().contains("packed into each other");
    }

    private static List<String> problems(Any resource) {
        EnvoyResource object = EnvoyResource.newBuilder()
                .setMetadata(METADATA)
                .setSpec(EnvoyResourceSpec.newBuilder().addGroups("edge").setResource(resource))
                .build();
        return Validation.check(object).stream().map(Checked::line).toList();
    }
}
