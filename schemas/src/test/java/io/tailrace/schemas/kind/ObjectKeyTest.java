package io.tailrace.schemas.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tailrace.schemas.v1.Endpoint;
import io.tailrace.schemas.v1.EndpointSpec;
import io.tailrace.schemas.v1.HTTPRoute;
import io.tailrace.schemas.v1.Metadata;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectKeyTest {
    private static final Metadata METADATA = Metadata.newBuilder()
            .setMesh("default")
            .setNamespace("shop")
            .setName("cart")
            .build();

    @Test
    void aConfigurationObjectIsNamedByMeshKindNamespaceAndName() {
        ObjectKey key =
                ObjectKey.of(HTTPRoute.newBuilder().setMetadata(METADATA).build());

        assertThat(key.text()).isEqualTo("default/HTTPRoute/shop/cart");
        assertThat(ObjectKey.parse(key.text())).isEqualTo(key);
    }

    @Test
    void anEndpointIsNamedByServiceSourceAndInstance() {
        EndpointSpec spec = EndpointSpec.newBuilder()
                .setService("cart")
                .setSource("k8s/eu")
                .setInstance("10.0.0.1:80")
                .build();

        ObjectKey key = ObjectKey.of(
                Endpoint.newBuilder().setMetadata(METADATA).setSpec(spec).build());

        assertThat(key.text()).isEqualTo("default/Endpoint/shop/cart/k8s%2Feu/10.0.0.1:80");
        assertThat(ObjectKey.parse(key.text())).isEqualTo(key);
        assertThat(((EndpointKey) key).serviceKey().text()).isEqualTo("default/shop/cart");
    }

    @Test
    void anObjectWithoutANameHasNoKey() {
        HTTPRoute nameless = HTTPRoute.newBuilder()
                .setMetadata(METADATA.toBuilder().clearName())
                .build();

        assertThatExceptionOfType(InvalidKeyException.class)
                .isThrownBy(() -> ObjectKey.of(nameless))
                .satisfies(e -> assertThat(e.problem().field()).isEqualTo("metadata.name"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', mesh/Kind/namespace/name",
        "a, mesh/Kind/namespace/name",
        "default/Nothing/a/b, 'a kind, like HTTPRoute, as the second segment'",
        "default/HTTPRoute/a, mesh/HTTPRoute/namespace/name",
        "default/HTTPRoute/a/b/c, mesh/HTTPRoute/namespace/name",
        "default/HTTPRoute//b, segments that are not empty",
        "default/Endpoint/a/b, mesh/Endpoint/namespace/service/source/instance",
    })
    void aTextThatIsNoKeyIsRefusedWithTheFormThatIsExpected(String text, String expected) {
        assertThatExceptionOfType(InvalidKeyException.class)
                .isThrownBy(() -> ObjectKey.parse(text))
                .satisfies(e -> assertThat(e.problem().expected()).isEqualTo(expected));
    }

    @Test
    void aServicesKeyComesBack() {
        ServiceKey key = new ServiceKey("default", "shop", "a/b");

        assertThat(key.text()).isEqualTo("default/shop/a%2Fb");
        assertThat(ServiceKey.parse(key.text())).isEqualTo(key);
    }

    @Test
    void keysAreInTheOrderOfTheirTexts() {
        // '-' is before the '/' between segments, 'a' and '~' behind it, and what is escaped begins with '%'.
        List<String> names = List.of("a", "a-b", "aa", "a~", "a b", "a/b", "é");
        List<ObjectKey> keys = new ArrayList<>();
        List<ServiceKey> services = new ArrayList<>();
        for (String first : names) {
            keys.add(new ConfigKey("default", Kind.SERVICE, first, "a"));
            for (String second : names) {
                keys.add(new EndpointKey("default", "shop", "cart", first, second));
                keys.add(new EndpointKey("default", first, second, "files", "1"));
                services.add(new ServiceKey("default", first, second));
            }
        }

        for (ObjectKey one : keys) {
            assertThat(keys)
                    .allSatisfy(other -> assertThat(Integer.signum(one.compareTo(other)))
                            .isEqualTo(Integer.signum(one.text().compareTo(other.text()))));
        }
        for (ServiceKey one : services) {
            assertThat(services)
                    .allSatisfy(other -> assertThat(Integer.signum(one.compareTo(other)))
                            .isEqualTo(Integer.signum(one.text().compareTo(other.text()))));
        }
    }
}
