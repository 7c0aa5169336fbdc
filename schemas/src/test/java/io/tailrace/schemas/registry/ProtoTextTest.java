package io.tailrace.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.schemas.kind.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProtoTextTest {
    @Test
    void messagesAreCountedAsTheyLieInTheFile() {
        assertThat(ProtoText.messages("""
            syntax = "proto3"; /* message No { */
            package a.b; // message Neither {
            import "message Nor {";
            option (x) = { message: "y" };
            message First { message Inner { int32 message = 1; } oneof o { string s = 2; } }
            enum E { ZERO = 0; }
            service S { rpc Call (First) returns (First) {} }
            message Second {}
            """)).containsExactly("a.b.First", "a.b.Second");
        assertThat(ProtoText.messages("message Bare {}")).containsExactly("Bare");
        assertThat(ProtoText.messages("{{{ }")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void ourOwnTextNamesTheKindsMessage(Kind kind) {
        var descriptor = kind.prototype().getDescriptorForType();

        String text = OwnSchemas.text(descriptor.getFile());

        assertThat(text).startsWith("syntax = \"proto3\";").doesNotContain("//");
        assertThat(ProtoText.messages(text).indexOf(descriptor.getFullName())).isEqualTo(descriptor.getIndex());
    }
}
