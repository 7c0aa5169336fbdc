package io.tailrace.cli.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Names of ours from any texts of the harness's: other texts, another name. */
final class ObjectName {
    private ObjectName() {}

    static String of(String... parts) {
        return Arrays.stream(parts).map(ObjectName::encoded).collect(Collectors.joining("."));
    }

    private static String encoded(String text) {
        StringBuilder name = new StringBuilder();
        for (byte each : text.getBytes(UTF_8)) {
            boolean plain = (each >= 'a' && each <= 'z')
                    || (each >= 'A' && each <= 'Z')
                    || (each >= '0' && each <= '9')
                    || each == '-';
            if (plain) {
                name.append((char) each);
            } else {
                name.append("_%02x".formatted(each));
            }
        }
        return name.toString();
    }
}
