package io.tailrace.schemas.check;

import io.tailrace.schemas.v1.SecretSpec;

/** The rules of secret.proto. What stands there is never said: it may be what must not be read. */
final class SecretChecks {
    private SecretChecks() {}

    static void check(SecretSpec spec, Report report) {
        Rules.required("spec.keyId", spec.getKeyId(), "the name of the key that encrypted it", report);
        if (spec.getCiphertext().isEmpty()) {
            report.add("spec.ciphertext", "nothing", "the encrypted material");
        }
    }
}
