package io.tailrace.translator.core.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.tailrace.schemas.kind.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A field or value that is new in the model needs a golden case. */
class EveryFieldHasACaseTest {
    private final Set<String> used = new TreeSet<>();
    private final Set<String> known = new TreeSet<>();

    @Test
    void everyFieldAndEveryValueOfTheKindsIsInSomeCase() {
        for (GoldenCase golden :
                GoldenCase.names().stream().map(GoldenCase::read).toList()) {
            golden.objects().values().forEach(object -> use(object.value()));
            golden.endpoints().values().forEach(this::use);
        }

        Arrays.stream(Kind.values())
                .filter(kind -> kind != Kind.SECRET) // no translation reads them yet
                .forEach(kind -> know(kind.prototype().getDescriptorForType()));

        // Stored objects have groups in the first one's place, and in the others nothing.
        known.removeAll(Set.of(
                "tailrace.v1.GatewaySpec.gateway_class_name",
                "tailrace.v1.BackendRef.group",
                "tailrace.v1.HTTPBackendRef.group"));
        known.removeAll(used);
        assertThat(known).as("fields and values that no case has").isEmpty();
    }

    private void use(Message message) {
        message.getAllFields().forEach((field, value) -> {
            used.add(field.getFullName());
            List<?> values = value instanceof List<?> list ? list : List.of(value);
            values.forEach(this::useValue);
        });
    }

    private void useValue(Object value) {
        if (value instanceof EnumValueDescriptor constant) {
            used.add(constant.getFullName());
        } else if (value instanceof Message message && !(value instanceof Any)) {
            use(message);
        }
    }

    private void know(Descriptor type) {
        for (FieldDescriptor field : type.getFields()) {
            if (!known.add(field.getFullName())) {
                continue;
            }
            if (field.getJavaType() == FieldDescriptor.JavaType.ENUM) {
                field.getEnumType().getValues().stream()
                        .filter(constant -> constant.getNumber() != 0) // is left out
                        .forEach(constant -> known.add(constant.getFullName()));
            } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                    && !field.getMessageType().equals(Any.getDescriptor())) {
                know(field.getMessageType());
            }
        }
    }
}
