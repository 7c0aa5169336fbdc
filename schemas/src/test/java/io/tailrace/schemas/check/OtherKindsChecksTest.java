package io.tailrace.schemas.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtherKindsChecksTest {
    private static final Checked TCP_ROUTE = new Checked("""
            kind: TCPRoute
            metadata: {name: db}
            spec:
              parentRefs: [{name: edge, sectionName: db}]
              rules:
              - name: all
                backendRefs: [{name: db, port: 5432, weight: 1}, {name: db-2, weight: 0}]
            """);
    private static final Checked SERVICE = new Checked("""
            kind: Service
            metadata: {name: cart}
            spec:
              ports: [{name: http, port: 80, protocol: HTTP2}, {name: admin, port: 81}]
              connectTimeout: 250ms
              loadBalancer: {type: Maglev}
            """);
    private static final Checked ENDPOINT = new Checked("""
            kind: Endpoint
            metadata: {name: cart-1, namespace: shop}
            spec:
              service: cart
              source: vm
              instance: 10.0.0.1:8080
              address: 10.0.0.1
              ports: {http: 8080}
              health: Draining
              weight: 128
              locality: {region: eu, zone: eu-1, subZone: rack 7}
              labels: {version: v2}
              network: vpc-1
              identity: spiffe://example.com/ns/shop/sa/cart
            """);
    private static final Checked GROUP = new Checked("""
            kind: ProxyGroup
            metadata: {name: edge}
            spec:
              selector: {nodeCluster: edge, nodeId: "edge-*", metadata: {tier: "*"}, locality: {region: eu}}
            """);
    private static final Checked SECRET = new Checked("""
            kind: Secret
            metadata: {name: tls}
            spec: {keyId: k1, ciphertext: aGVsbG8=}
            """);

    @Test
    void objectsWithAllFieldsAreValid() {
        TCP_ROUTE.isValid();
        SERVICE.isValid();
        ENDPOINT.isValid();
        GROUP.isValid();
        SECRET.isValid();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{name: edge, sectionName: db}]|[]|spec.parentRefs|at least 1",
                "sectionName: db|sectionName: D|spec.parentRefs[0].sectionName|DNS label",
                "name: all|name: 'a b'|spec.rules[0].name|a name",
                "weight: 1}|weight: 0}|spec.rules[0].backendRefs|only weights of 0",
                "port: 5432|port: 0|spec.rules[0].backendRefs[0].port|1 to 65535",
                "weight: 1}|weight: 1000001}|spec.rules[0].backendRefs[0].weight|0 to 1000000",
            })
    void aTcpRoutesWrongFieldIsNamed(String words, String others, String field, String about) {
        TCP_ROUTE.with(words, others).hasProblem(field, about);
    }

    @Test
    void aTcpRouteNeedsOneRuleWithABackend() {
        new Checked("{kind: TCPRoute, metadata: {name: a}, spec: {parentRefs: [{name: e}], rules: [{}]}}")
                .hasProblem("spec.rules[0].backendRefs", "nothing, at least 1");
        new Checked("{kind: TCPRoute, metadata: {name: a}, spec: {parentRefs: [{name: e}]}}")
                .hasProblem("spec.rules", "nothing, exactly 1");
        TCP_ROUTE
                .with("- name: all", "- {backendRefs: [{name: a}]}\n  - name: all")
                .hasProblem("spec.rules", "2 of them, exactly 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: admin|name: http|spec.ports[1].name|each once",
                "name: admin, |''|spec.ports[1].name|since there are several",
                "name: admin|name: Admin|spec.ports[1].name|DNS label",
                "port: 81|port: 80|spec.ports[1].port|each once",
                "port: 81|port: 0|spec.ports[1].port|1 to 65535",
                "protocol: HTTP2|protocol: UDP|spec.ports[0].protocol|one of HTTP1, HTTP2, GRPC, TCP",
                "connectTimeout: 250ms|connectTimeout: 0s|spec.connectTimeout|1ms or more",
                "connectTimeout: 250ms|connectTimeout: soon|spec.connectTimeout|a duration",
                "type: Maglev|type: Best|spec.loadBalancer.type|one of RoundRobin, LeastRequest, Random, RingHash, Maglev",
            })
    void aServicesWrongFieldIsNamed(String words, String others, String field, String about) {
        SERVICE.with(words, others).hasProblem(field, about);
    }

    @Test
    void aServicesOnlyPortNeedsNoName() {
        new Checked("{kind: Service, metadata: {name: a}, spec: {ports: [{port: 80}]}}").isValid();
        new Checked("{kind: Service, metadata: {name: a}, spec: {}}").hasProblem("spec.ports", "nothing, 1 to 64");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "service: cart|service: 'c art'|spec.service|a name",
                "source: vm|source: \"v\\tm\"|spec.source|control character",
                "instance: 10.0.0.1:8080|instance: \"a\\nb\"|spec.instance|control character",
                "address: 10.0.0.1|address: cart.example.com|spec.address|an IPv4 or IPv6 address",
                "address: 10.0.0.1|address: 'fe80::1%eth0'|spec.address|an IPv4 or IPv6 address",
                "ports: {http: 8080}|ports: {}|spec.ports|nothing, at least 1",
                "{http: 8080}|{http: 0}|spec.ports[http]|1 to 65535",
                "{http: 8080}|{HTTP: 80}|spec.ports[HTTP]|DNS label",
                "health: Draining|health: Sick|spec.health|one of Healthy, Unhealthy, Draining",
                "weight: 128|weight: 0|spec.weight|1 to 128",
                "weight: 128|weight: 129|spec.weight|1 to 128",
                "region: eu|region: \"e\\0\"|spec.locality.region|control character",
                "zone: eu-1|zone: \"e\\0\"|spec.locality.zone|control character",
                "subZone: rack 7|subZone: \"e\\0\"|spec.locality.subZone|control character",
                "network: vpc-1|network: \"e\\0\"|spec.network|control character",
                "spiffe://example.com|http://example.com|spec.identity|a SPIFFE id",
                "/sa/cart|/../cart|spec.identity|a SPIFFE id",
            })
    void anEndpointsWrongFieldIsNamed(String words, String others, String field, String about) {
        ENDPOINT.with(words, others).hasProblem(field, about);
    }

    @Test
    void anEndpointMayBeNamedByItsInstanceAlone() {
        ENDPOINT.with("name: cart-1, ", "").isValid();
        ENDPOINT.with("  instance: 10.0.0.1:8080\n", "").isValid();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{nodeCluster: edge, nodeId: \"edge-*\", metadata: {tier: \"*\"}, locality: {region: eu}}|{}"
                        + "|spec.selector|at least one",
                "{nodeCluster: edge, nodeId: \"edge-*\", metadata: {tier: \"*\"}, locality: {region: eu}}|{locality: {}}"
                        + "|spec.selector|at least one",
                "nodeCluster: edge|nodeCluster: '*dge'|spec.selector.nodeCluster|at the end only",
                "\"edge-*\"|'e*-*'|spec.selector.nodeId|at the end only",
                "tier: \"*\"|tier: ''|spec.selector.metadata[tier]|a value",
                "tier: \"*\"|tier: '**'|spec.selector.metadata[tier]|at the end only",
                "region: eu|zone: 'a*b'|spec.selector.locality.zone|at the end only",
            })
    void aGroupsWrongFieldIsNamed(String words, String others, String field, String about) {
        GROUP.with(words, others).hasProblem(field, about);
    }

    @Test
    void aSecretNeedsKeyAndCiphertextAndNeverShowsThem() {
        SECRET.with("keyId: k1, ", "").hasProblem("spec.keyId", "nothing");
        SECRET.with("aGVsbG8=", "''").hasProblem("spec.ciphertext", "nothing");
        assertThat(SECRET.with("aGVsbG8=", "'hello?'").problems()).noneMatch(line -> line.contains("hello"));
    }
}
