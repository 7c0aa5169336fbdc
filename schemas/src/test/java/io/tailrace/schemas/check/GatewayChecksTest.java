package io.tailrace.schemas.check;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayChecksTest {
    private static final Checked GATEWAY = new Checked("""
            kind: Gateway
            metadata: {name: edge, mesh: m-1, namespace: shop, labels: {team: web}}
            spec:
              groups: [edge, inner]
              listeners:
              - {name: http, address: 127.0.0.1, port: 8080, protocol: HTTP, hostname: "*.example.com"}
              - {name: db, port: 5432, protocol: TCP}
            """);

    @Test
    void aGatewayWithAllFieldsIsValid() {
        GATEWAY.isValid();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'::'", "'2001:db8::1'", "0.0.0.0"})
    void anAddressIsAnIpAddress(String address) {
        GATEWAY.with("127.0.0.1", address).isValid();
    }

    @Test
    void gatewayClassNameStandsForAGroup() {
        GATEWAY.with("groups: [edge, inner]", "gatewayClassName: edge").isValid();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: edge,|name: 'ed ge',|metadata.name|1 to 253 letters",
                "mesh: m-1|mesh: M_1|metadata.mesh|a-z, 0-9",
                "namespace: shop|namespace: sh/op|metadata.namespace|a-z, 0-9",
                "groups: [edge, inner]|groups: []|spec.groups|nothing, at least 1",
                "groups: [edge, inner]|groups: [edge, edge]|spec.groups[1]|each once",
                "groups: [edge, inner]|groups: ['e/d']|spec.groups[0]|a name",
                "groups: [edge, inner]|groups: [''] |spec.groups[0]|a name",
                "name: http|name: HTTP|spec.listeners[0].name|DNS label",
                "name: http, |''|spec.listeners[0].name|DNS label",
                "name: db|name: http|spec.listeners[1].name|each once",
                "127.0.0.1|localhost|spec.listeners[0].address|IPv4 or IPv6",
                "127.0.0.1|127.0.0.01|spec.listeners[0].address|IPv4 or IPv6",
                "127.0.0.1|'0:0::0'|spec.listeners[0].address|short form, \"::\"",
                "port: 8080|port: 0|spec.listeners[0].port|1 to 65535",
                "port: 8080|port: 65536|spec.listeners[0].port|1 to 65535",
                "protocol: HTTP,|''|spec.listeners[0].protocol|HTTP or TCP",
                "protocol: HTTP,|protocol: UDP,|spec.listeners[0].protocol|one of HTTP, TCP",
                "*.example.com|*example.com|spec.listeners[0].hostname|a host",
                "*.example.com|Shop.example.com|spec.listeners[0].hostname|a host",
                "*.example.com|a..b|spec.listeners[0].hostname|a host",
                "*.example.com|a.b:80|spec.listeners[0].hostname|a host",
                "port: 5432|port: 5432, hostname: a.b|spec.listeners[1].hostname|TCP carries no host",
            })
    void aWrongFieldIsNamed(String words, String others, String field, String about) {
        GATEWAY.with(words, others).hasProblem(field, about);
    }

    @Test
    void groupsAndGatewayClassNameTogetherAreRefused() {
        GATEWAY.with("groups:", "gatewayClassName: b\n  groups:")
                .hasProblem("spec.gatewayClassName", "either groups or");
    }

    @Test
    void aGatewayWithoutListenersIsRefused() {
        new Checked("{kind: Gateway, metadata: {name: edge}, spec: {groups: [edge]}}")
                .hasProblem("spec.listeners", "nothing, 1 to 64");
    }
}
