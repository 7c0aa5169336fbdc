package io.tailrace.cli.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import io.tailrace.schemas.check.EnvoyResourceType;
import io.tailrace.schemas.check.Validation;
import io.tailrace.schemas.v1.EnvoyResource;
import io.tailrace.schemas.v1.EnvoyResourceSpec;
import io.tailrace.schemas.v1.Metadata;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LabelsTest {
    @ParameterizedTest
    @EnumSource
    void aResourceOfAnyTypeIsValidWithNothingButItsName(EnvoyResourceType type) {
        Any plain = new Resource(type, "A").onlyNamed();

        assertThat(Resource.of(plain)).isEqualTo(new Resource(type, "A"));
        assertValid(plain);
    }

    @ParameterizedTest
    @EnumSource
    void aLabelMakesAnotherContentOfAnyTypeUnderTheSameName(EnvoyResourceType type) {
        Resource resource = new Resource(type, "A");
        Any plain = resource.onlyNamed();

        Any first = resource.labelled(plain, "1");
        Any second = resource.labelled(first, "2");

        assertThat(first).isNotEqualTo(plain).isNotEqualTo(second);
        assertThat(second).as("nothing of the first label is left").isEqualTo(resource.labelled(plain, "2"));
        assertThat(Resource.of(second)).isEqualTo(resource);
        assertThat(Labels.of(plain)).isEmpty();
        assertThat(Labels.of(second)).isEqualTo("2");
        assertValid(second);
    }

    @ParameterizedTest
    @EnumSource
    void withoutALabelAResourceStaysAsItIs(EnvoyResourceType type) {
        Any plain = new Resource(type, "A").onlyNamed();

        assertThat(new Resource(type, "A").labelled(plain, "")).isSameAs(plain);
    }

    private static void assertValid(Any body) {
        EnvoyResource object = EnvoyResource.newBuilder()
                .setMetadata(Metadata.newBuilder()
                        .setMesh("default")
                        .setNamespace("default")
                        .setName("any"))
                .setSpec(EnvoyResourceSpec.newBuilder().addGroups("node").setResource(body))
                .build();
        assertThat(Validation.check(object)).isEmpty();
    }
}
