package io.tailrace.connectors.testing;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.tailrace.schemas.testing.TestKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A registry behind TLS and a password, as companies have it; it can go away and come back on the same port. */
public final class GuardedRegistry implements AutoCloseable {
    private static final String USER = "tailrace";
    private static final String PASSWORD = "s3cret";

    private final String target;
    private final TestKeys keys;
    private final HttpClient http = HttpClient.newHttpClient();
    private int port;
    private @Nullable HttpsServer server;

    /** In front of what answers at {@code target}; away until {@link #comeBack}. */
    public GuardedRegistry(String target, TestKeys keys) {
        this.target = target;
        this.keys = keys;
    }

    public void comeBack() throws IOException, GeneralSecurityException {
        HttpsServer fresh = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        fresh.setHttpsConfigurator(new HttpsConfigurator(context()));
        fresh.createContext("/", this::forward).setAuthenticator(new BasicAuthenticator("registry") {
            @Override
            public boolean checkCredentials(String user, String password) {
                return user.equals(USER) && password.equals(PASSWORD);
            }
        });
        fresh.start();
        port = fresh.getAddress().getPort();
        server = fresh;
    }

    public void goAway() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    /** The settings with which it is reached. */
    public Map<String, Object> settings() {
        return Map.of(
                "schema.registry.url",
                "https://localhost:" + port,
                "basic.auth.credentials.source",
                "USER_INFO",
                "basic.auth.user.info",
                USER + ":" + PASSWORD,
                "schema.registry.ssl.truststore.type",
                "PKCS12",
                "schema.registry.ssl.truststore.location",
                keys.truststore().toString(),
                "schema.registry.ssl.truststore.password",
                TestKeys.PASSWORD);
    }

    @Override
    public void close() {
        goAway();
        http.close();
    }

    private void forward(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(target + exchange.getRequestURI().getRawPath()))
                    .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                    .method(
                            exchange.getRequestMethod(),
                            BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()))
                    .build();
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            exchange.sendResponseHeaders(
                    response.statusCode(), response.body().length == 0 ? -1 : response.body().length);
            exchange.getResponseBody().write(response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private SSLContext context() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(keys.keystore())) {
            store.load(in, TestKeys.PASSWORD.toCharArray());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, TestKeys.PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }
}
