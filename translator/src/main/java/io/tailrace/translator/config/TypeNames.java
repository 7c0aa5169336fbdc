package io.tailrace.translator.config;

/** A type URL's part that names the message, as keys have it. */
final class TypeNames {
    private TypeNames() {}

    static String of(String typeUrl) {
        return typeUrl.substring(typeUrl.lastIndexOf('/') + 1);
    }
}
