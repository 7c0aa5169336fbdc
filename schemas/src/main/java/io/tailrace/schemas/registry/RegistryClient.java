package io.tailrace.schemas.registry;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Confluent's REST API, as far as it is needed. Each call answers or throws {@link RegistryException} within half a minute. */
final class RegistryClient {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

    private final RegistryConfig config;
    private final HttpClient http;

    RegistryClient(RegistryConfig config) {
        this.config = config;
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
        RegistryTls.context(config.tls()).ifPresent(builder::sslContext);
        this.http = builder.build();
    }

    /** A file that another imports: under which name, and where it is registered. */
    record Reference(String name, String subject, int version) {}

    /** What is registered or looked for. */
    record Schema(String text, List<Reference> references) {}

    /** A schema's place in the registry. */
    record Registered(int id, int version, String text) {}

    /** A schema as it is found by its id. */
    record Stored(String type, String text) {}

    /** Registers the schema as the subject's newest version, if it isn't one already. */
    void register(String subject, Schema schema) {
        Answer answer = call("POST", "/subjects/" + encoded(subject) + "/versions", body(schema));
        if (!answer.isOk()) {
            throw new RegistryException(
                    "the schema registry refuses the schema of " + subject + ": " + answer.reason(), null);
        }
    }

    /** The place of exactly this schema under the subject; empty: it isn't there. */
    Optional<Registered> find(String subject, Schema schema) {
        return registered(call("POST", "/subjects/" + encoded(subject), body(schema)));
    }

    /** The subject's newest version; empty: there is none. */
    Optional<Registered> latest(String subject) {
        return registered(call("GET", "/subjects/" + encoded(subject) + "/versions/latest", null));
    }

    /** The schema of this id; empty: there is none. */
    Optional<Stored> byId(int id) {
        Answer answer = call("GET", "/schemas/ids/" + id, null);
        if (answer.isMissing()) {
            return Optional.empty();
        }
        JsonObject found = answer.orThrow();
        JsonElement type = found.get("schemaType");
        return Optional.of(new Stored(type == null || type.isJsonNull() ? "AVRO" : type.getAsString(), text(found)));
    }

    private static Optional<Registered> registered(Answer answer) {
        if (answer.isMissing()) {
            return Optional.empty();
        }
        JsonObject found = answer.orThrow();
        return Optional.of(
                new Registered(found.get("id").getAsInt(), found.get("version").getAsInt(), text(found)));
    }

    private static String text(JsonObject found) {
        JsonElement schema = found.get("schema");
        return schema == null || schema.isJsonNull() ? "" : schema.getAsString();
    }

    private static String body(Schema schema) {
        JsonObject body = new JsonObject();
        body.addProperty("schemaType", "PROTOBUF");
        body.addProperty("schema", schema.text());
        JsonArray references = new JsonArray();
        for (Reference reference : schema.references()) {
            JsonObject one = new JsonObject();
            one.addProperty("name", reference.name());
            one.addProperty("subject", reference.subject());
            one.addProperty("version", reference.version());
            references.add(one);
        }
        body.add("references", references);
        return body.toString();
    }

    /** Asks one URL after the other until one answers. */
    private Answer call(String method, String path, @Nullable String body) {
        RegistryException failure = new RegistryException("the schema registry has no URL", null);
        for (URI url : config.urls()) {
            try {
                return answer(URI.create(url + path), method, body);
            } catch (RegistryException e) {
                failure = e;
            }
        }
        throw failure;
    }

    private Answer answer(URI uri, String method, @Nullable String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(ANSWER)
                .header("Accept", MEDIA_TYPE)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", MEDIA_TYPE);
        }
        if (!config.userInfo().isEmpty()) {
            byte[] userInfo = config.userInfo().getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(userInfo));
        }
        try {
            return checked(uri, http.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new RegistryException("the schema registry " + uri + " can't be reached: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryException("the schema registry " + uri + " was not waited for", e);
        }
    }

    /** An answer of a registry; not that of a proxy in front of it, or of something else at a mistaken URL. */
    private static Answer checked(URI uri, HttpResponse<String> response) {
        int status = response.statusCode();
        if (status == 401 || status == 403) {
            throw new RegistryException(
                    "the schema registry " + uri + " doesn't let this process in (" + status
                            + "); see basic.auth.user.info in --kafka-config",
                    null);
        }
        try {
            JsonElement body = JsonParser.parseString(response.body());
            if (status < 500 && body.isJsonObject()) {
                JsonElement code = body.getAsJsonObject().get("error_code");
                if (status < 300 || code != null) {
                    return new Answer(uri, status, body.getAsJsonObject());
                }
            }
        } catch (JsonParseException e) {
            // said below
        }
        throw new RegistryException(
                "the schema registry " + uri + " answers " + status
                        + ", and not as Confluent's API does; see schema.registry.url",
                null);
    }

    private record Answer(URI uri, int status, JsonObject body) {
        boolean isOk() {
            return status < 300;
        }

        boolean isMissing() {
            return status == 404;
        }

        String reason() {
            JsonElement message = body.get("message");
            return status + (message == null ? "" : " " + message.getAsString());
        }

        JsonObject orThrow() {
            if (!isOk()) {
                throw new RegistryException("the schema registry " + uri + " answers " + reason(), null);
            }
            return body;
        }
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
