package io.tailrace.schemas.registry;

import com.google.protobuf.Descriptors.FileDescriptor;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.registry.RegistryClient.Reference;
import io.tailrace.schemas.registry.RegistryClient.Registered;
import io.tailrace.schemas.registry.RegistryClient.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Our .proto files in a registry: each under a subject of its own, an import under its path, as Confluent's tools do. */
final class OwnSchemas {
    private final RegistryClient client;
    private final RegistryConfig config;

    OwnSchemas(RegistryClient client, RegistryConfig config) {
        this.client = client;
        this.config = config;
    }

    /**
     * Which schema a kind's objects are written with.
     *
     * @param indexes the message's place in it
     */
    record Place(int id, List<Integer> indexes) {}

    /** Throws RegistryException. */
    Place of(Kind kind, String topic) {
        String message = kind.prototype().getDescriptorForType().getFullName();
        String subject = config.subjects().subject(topic, message);
        Registered found = config.useLatest()
                ? client.latest(subject).orElseThrow(() -> missing(subject))
                : registered(subject, kind.prototype().getDescriptorForType().getFile());
        int index = ProtoText.messages(found.text()).indexOf(message);
        if (index < 0) {
            throw new RegistryException(
                    "the schema registry's newest schema of " + subject + " has no message " + message, null);
        }
        return new Place(found.id(), List.of(index));
    }

    private Registered registered(String subject, FileDescriptor file) {
        List<Reference> references = new ArrayList<>();
        for (FileDescriptor imported : file.getDependencies()) {
            String name = imported.getName();
            if (!name.startsWith("google/protobuf/")) { // these every registry has
                references.add(
                        new Reference(name, name, registered(name, imported).version()));
            }
        }
        Schema schema = new Schema(text(file), references);
        if (config.register()) {
            client.register(subject, schema);
        }
        Registered found = client.find(subject, schema).orElseThrow(() -> missing(subject));
        return new Registered(found.id(), found.version(), schema.text());
    }

    private static RegistryException missing(String subject) {
        return new RegistryException(
                "the schema registry has no such schema under " + subject
                        + "; register it, or set auto.register.schemas=true",
                null);
    }

    /** Lies beside the classes that were made of it. */
    static String text(FileDescriptor file) {
        String path = "/" + file.getName();
        try (InputStream in = Kind.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is not on the class path");
            }
            return ProtoText.withoutNotes(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
