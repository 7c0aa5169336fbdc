package io.tailrace.schemas.check;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an EnvoyResource says beside its resource, whose checks {@link ShapeChecksTest} has. */
class EnvoyResourceChecksTest {
    private static final Checked RUNTIME = new Checked("""
        kind: EnvoyResource
        metadata: {name: faults}
        spec:
          groups: [edge]
          ttl: 30s
          resource: {"@type": type.googleapis.com/envoy.service.runtime.v3.Runtime, name: faults}
        """).isValid();

    @ParameterizedTest
    @ValueSource(strings = {"1s", "1m30s", "1500ms", "24h"})
    void aTtlIsADurationOfASecondToADay(String ttl) {
        RUNTIME.with("30s", ttl).isValid();
    }

    @Test
    void aTtlMayBeLeftOut() {
        RUNTIME.with("  ttl: 30s\n", "").isValid();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0s|\"0s\", 1s to 24h",
                "999ms|\"999ms\", 1s to 24h",
                "24h1ms|\"24h1ms\", 1s to 24h",
                "soon|\"soon\", a duration like 250ms or 1m30s",
                "'\"1.5s\"'|\"1.5s\", a duration like 250ms or 1m30s",
            })
    void aWrongTtlIsNamed(String ttl, String about) {
        RUNTIME.with("30s", ttl).hasProblem("spec.ttl", about);
    }
}
