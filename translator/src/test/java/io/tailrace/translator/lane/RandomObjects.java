package io.tailrace.translator.lane;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.tailrace.schemas.bytes.Deterministic;
import io.tailrace.schemas.v1.BackendRef;
import io.tailrace.schemas.v1.Endpoint;
import io.tailrace.schemas.v1.EndpointSpec;
import io.tailrace.schemas.v1.EnvoyResource;
import io.tailrace.schemas.v1.EnvoyResourceSpec;
import io.tailrace.schemas.v1.Gateway;
import io.tailrace.schemas.v1.GatewaySpec;
import io.tailrace.schemas.v1.HTTPBackendRef;
import io.tailrace.schemas.v1.HTTPPathMatch;
import io.tailrace.schemas.v1.HTTPRoute;
import io.tailrace.schemas.v1.HTTPRouteMatch;
import io.tailrace.schemas.v1.HTTPRouteRule;
import io.tailrace.schemas.v1.HTTPRouteSpec;
import io.tailrace.schemas.v1.Listener;
import io.tailrace.schemas.v1.Metadata;
import io.tailrace.schemas.v1.NodeSelector;
import io.tailrace.schemas.v1.ParentReference;
import io.tailrace.schemas.v1.ProxyGroup;
import io.tailrace.schemas.v1.ProxyGroupSpec;
import io.tailrace.schemas.v1.Secret;
import io.tailrace.schemas.v1.SecretSpec;
import io.tailrace.schemas.v1.Service;
import io.tailrace.schemas.v1.ServicePort;
import io.tailrace.schemas.v1.ServiceSpec;
import io.tailrace.schemas.v1.TCPRoute;
import io.tailrace.schemas.v1.TCPRouteRule;
import io.tailrace.schemas.v1.TCPRouteSpec;
import java.util.Random;

/** Valid objects of every kind from few names, so that they meet: dangle, conflict, share, come back. */
public final class RandomObjects {
    private final Random random;

    public RandomObjects(Random random) {
        this.random = random;
    }

    public Message config() {
        return switch (random.nextInt(16)) {
            case 0, 1, 2 -> gateway();
            case 3, 4, 5, 6, 7 -> httpRoute();
            case 8, 9 -> tcpRoute();
            case 10, 11, 12 -> service();
            case 13 -> proxyGroup();
            case 14 -> secret();
            default -> envoyResource();
        };
    }

    public Endpoint endpoint() {
        EndpointSpec.Builder spec = EndpointSpec.newBuilder()
                .setService(serviceName())
                .setSource(random.nextBoolean() ? "a" : "b")
                .setInstance("i" + random.nextInt(4))
                .setAddress("10.0.0." + (1 + random.nextInt(4)))
                .setHealthValue(random.nextInt(4));
        spec.putPorts("http", 8080 + random.nextInt(2));
        if (random.nextBoolean()) {
            spec.putPorts("admin", 9000);
        }
        if (random.nextInt(3) == 0) {
            spec.getLocalityBuilder().setZone("z" + random.nextInt(2));
        }
        return Endpoint.newBuilder()
                .setMetadata(metadata(spec.getInstance()))
                .setSpec(spec)
                .build();
    }

    private Gateway gateway() {
        GatewaySpec.Builder spec = GatewaySpec.newBuilder().addGroups(group());
        if (random.nextInt(3) == 0) {
            String second = group();
            if (!second.equals(spec.getGroups(0))) {
                spec.addGroups(second);
            }
        }
        int listeners = 1 + random.nextInt(2);
        for (int i = 0; i < listeners; i++) {
            spec.addListeners(Listener.newBuilder()
                    .setName("l" + i)
                    .setPort(8080 + i * 10 + random.nextInt(2))
                    .setProtocol(random.nextInt(4) == 0 ? Listener.Protocol.TCP : Listener.Protocol.HTTP));
        }
        return Gateway.newBuilder()
                .setMetadata(metadata("gw" + random.nextInt(3)))
                .setSpec(spec)
                .build();
    }

    private HTTPRoute httpRoute() {
        HTTPRouteSpec.Builder spec = HTTPRouteSpec.newBuilder().addParentRefs(parent());
        if (random.nextInt(3) == 0) {
            spec.addParentRefs(parent());
        }
        if (random.nextInt(3) == 0) {
            spec.addHostnames("h" + random.nextInt(2) + ".example.com");
        }
        HTTPRouteRule.Builder rule = HTTPRouteRule.newBuilder()
                .addMatches(HTTPRouteMatch.newBuilder()
                        .setPath(HTTPPathMatch.newBuilder()
                                .setType(HTTPPathMatch.Type.PathPrefix)
                                .setValue("/p" + random.nextInt(3))));
        int backends = random.nextInt(3);
        for (int i = 0; i < backends; i++) {
            rule.addBackendRefs(HTTPBackendRef.newBuilder()
                    .setName(serviceName())
                    .setPort(80)
                    .setWeight(1 + random.nextInt(9)));
        }
        return HTTPRoute.newBuilder()
                .setMetadata(metadata("route" + random.nextInt(5)))
                .setSpec(spec.addRules(rule))
                .build();
    }

    private TCPRoute tcpRoute() {
        return TCPRoute.newBuilder()
                .setMetadata(metadata("tcp" + random.nextInt(2)))
                .setSpec(TCPRouteSpec.newBuilder()
                        .addParentRefs(parent())
                        .addRules(TCPRouteRule.newBuilder()
                                .addBackendRefs(BackendRef.newBuilder()
                                        .setName(serviceName())
                                        .setPort(80))))
                .build();
    }

    private Service service() {
        ServiceSpec.Builder spec = ServiceSpec.newBuilder()
                .addPorts(ServicePort.newBuilder().setName("http").setPort(80).setProtocolValue(random.nextInt(3)));
        if (random.nextBoolean()) {
            spec.addPorts(ServicePort.newBuilder().setName("admin").setPort(9000));
        }
        if (random.nextInt(3) == 0) {
            spec.setConnectTimeout((1 + random.nextInt(3)) + "s");
        }
        if (random.nextInt(3) == 0) {
            spec.getLoadBalancerBuilder().setTypeValue(1 + random.nextInt(5));
        }
        return Service.newBuilder()
                .setMetadata(metadata(serviceName()))
                .setSpec(spec)
                .build();
    }

    private ProxyGroup proxyGroup() {
        return ProxyGroup.newBuilder()
                .setMetadata(metadata(group()))
                .setSpec(ProxyGroupSpec.newBuilder()
                        .setSelector(NodeSelector.newBuilder().setNodeId("n" + random.nextInt(3) + "*")))
                .build();
    }

    private Secret secret() {
        return Secret.newBuilder()
                .setMetadata(metadata("secret"))
                .setSpec(SecretSpec.newBuilder().setKeyId("k" + random.nextInt(3)))
                .build();
    }

    private EnvoyResource envoyResource() {
        Message resource = random.nextBoolean()
                ? RouteConfiguration.newBuilder()
                        .setName("raw" + random.nextInt(2))
                        .build()
                : Cluster.newBuilder()
                        .setName(random.nextBoolean() ? "default/s0/80" : "raw" + random.nextInt(2))
                        .build();
        EnvoyResourceSpec.Builder spec =
                EnvoyResourceSpec.newBuilder().addGroups(group()).setResource(Deterministic.pack(resource));
        if (random.nextInt(3) == 0) {
            spec.setTtl(1 + random.nextInt(2) + "s");
        }
        return EnvoyResource.newBuilder()
                .setMetadata(metadata("raw" + random.nextInt(3)))
                .setSpec(spec)
                .build();
    }

    private ParentReference parent() {
        ParentReference.Builder parent = ParentReference.newBuilder().setName("gw" + random.nextInt(3));
        if (random.nextInt(3) == 0) {
            parent.setSectionName("l" + random.nextInt(2));
        }
        return parent.build();
    }

    private Metadata metadata(String name) {
        String namespace = random.nextInt(8) == 0 ? "other" : "default";
        return Metadata.newBuilder()
                .setMesh("default")
                .setNamespace(namespace)
                .setName(name)
                .build();
    }

    private String serviceName() {
        return "s" + random.nextInt(4);
    }

    private String group() {
        return "g" + random.nextInt(3);
    }
}
