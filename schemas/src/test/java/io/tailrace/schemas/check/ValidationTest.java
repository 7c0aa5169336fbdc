package io.tailrace.schemas.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.tailrace.schemas.kind.Kind;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ValidationTest {
    private static final String[] TEXTS = {
        "", "a", "/", "(", "*", "0s", "1h", "\ud83d", "\u0000", ":", "a".repeat(2000), "[a-", "\\x{100}", "Host", "::"
    };
    private static final int[] NUMBERS = {0, 1, -1, 80, 301, 503, 65536, Integer.MIN_VALUE, 42};

    @Test
    void anyMessageIsAnsweredWithoutAnException() {
        long seed = Long.getLong("seed", 3L);
        for (long run = seed; run < seed + 2000; run++) {
            Random random = new Random(run);
            for (Kind kind : Kind.values()) {
                Message object = Normalization.normalize(filled(kind.prototype().newBuilderForType(), random, 0));

                assertThat(Validation.check(object)).as("-Dseed=%d", run).isNotNull();
            }
        }
    }

    @Test
    void groupsWithoutEndInAnExpressionAreRefused() {
        new Checked("""
                kind: HTTPRoute
                metadata: {name: a}
                spec:
                  parentRefs: [{name: e}]
                  rules: [{matches: [{path: {type: RegularExpression, value: "DEEP"}}]}]
                """)
                .with("DEEP", "(".repeat(500) + "a" + ")".repeat(500))
                .hasProblem("spec.rules[0].matches[0].path.value", "500 groups inside each other, at most 100");
    }

    private static Message filled(Message.Builder builder, Random random, int depth) {
        for (FieldDescriptor field : builder.getDescriptorForType().getFields()) {
            if (random.nextInt(3) == 0 || depth > 6) {
                continue;
            }
            for (int i = field.isRepeated() ? random.nextInt(3) : 1; i > 0; i--) {
                Object value = value(builder, field, random, depth);
                if (field.isRepeated()) {
                    builder.addRepeatedField(field, value);
                } else {
                    builder.setField(field, value);
                }
            }
        }
        return builder.build();
    }

    private static Object value(Message.Builder parent, FieldDescriptor field, Random random, int depth) {
        return switch (field.getJavaType()) {
            case STRING -> TEXTS[random.nextInt(TEXTS.length)];
            case INT -> NUMBERS[random.nextInt(NUMBERS.length)];
            case ENUM -> field.getEnumType().findValueByNumberCreatingIfUnknown(random.nextInt(8));
            case BYTE_STRING -> ByteString.copyFromUtf8("x".repeat(random.nextInt(4)));
            case MESSAGE -> filled(parent.newBuilderForField(field), random, depth + 1);
            case BOOLEAN -> true;
            case LONG -> 1L;
            case FLOAT -> 1f;
            case DOUBLE -> 1d;
        };
    }
}
