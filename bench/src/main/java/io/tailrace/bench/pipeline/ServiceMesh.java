package io.tailrace.bench.pipeline;

import com.google.protobuf.Message;
import io.tailrace.bench.wire.RequestWriter;
import io.tailrace.bench.workload.Edition;
import io.tailrace.bench.workload.Names;
import io.tailrace.schemas.v1.Endpoint;
import io.tailrace.schemas.v1.EndpointSpec;
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
import io.tailrace.schemas.v1.ParentReference;
import io.tailrace.schemas.v1.Service;
import io.tailrace.schemas.v1.ServicePort;
import io.tailrace.schemas.v1.ServiceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Services as a user writes them, all of which one group has by its routes, and their endpoints. An event gives a service's
 * first endpoint the next port, so its load assignment is of the next edition ({@link Edition#FIRST_PORT}).
 *
 * @param endpoints of each service
 */
public record ServiceMesh(int services, int endpoints) {
    private static final String GATEWAY = "edge";
    private static final int BACKENDS_OF_A_RULE = 100;

    /** All but endpoints. */
    public List<Message> config() {
        List<Message> all = new ArrayList<>(serviceObjects());
        all.add(Gateway.newBuilder()
                .setMetadata(named(GATEWAY))
                .setSpec(GatewaySpec.newBuilder()
                        .addGroups(RequestWriter.GROUP)
                        .addListeners(Listener.newBuilder()
                                .setName("http")
                                .setPort(10_000)
                                .setProtocol(Listener.Protocol.HTTP)))
                .build());
        HTTPRouteSpec.Builder route = HTTPRouteSpec.newBuilder()
                .addParentRefs(ParentReference.newBuilder().setName(GATEWAY));
        for (int first = 0; first < services; first += BACKENDS_OF_A_RULE) {
            route.addRules(rule(first, Math.min(services, first + BACKENDS_OF_A_RULE)));
        }
        all.add(HTTPRoute.newBuilder().setMetadata(named("all")).setSpec(route).build());
        return all;
    }

    public List<Message> serviceObjects() {
        return IntStream.range(0, services)
                .<Message>mapToObj(number -> Service.newBuilder()
                        .setMetadata(named(Names.service(number)))
                        .setSpec(ServiceSpec.newBuilder()
                                .addPorts(ServicePort.newBuilder()
                                        .setName(Names.PORT_NAME)
                                        .setPort(Names.PORT)))
                        .build())
                .toList();
    }

    private static HTTPRouteRule rule(int from, int to) {
        HTTPRouteRule.Builder rule = HTTPRouteRule.newBuilder()
                .addMatches(HTTPRouteMatch.newBuilder()
                        .setPath(HTTPPathMatch.newBuilder().setValue("/from-" + from)));
        IntStream.range(from, to)
                .mapToObj(Names::service)
                .forEach(name -> rule.addBackendRefs(HTTPBackendRef.newBuilder().setName(name)));
        return rule.build();
    }

    /** As they are before any event. */
    public List<Message> allEndpoints() {
        return IntStream.range(0, services)
                .boxed()
                .flatMap(service -> IntStream.range(0, endpoints)
                        .<Message>mapToObj(instance -> endpoint(service, instance, Edition.FIRST_PORT)))
                .toList();
    }

    /** The event that makes a service's load assignment the next edition. */
    public Endpoint first(int service, int edition) {
        return endpoint(service, 0, Edition.FIRST_PORT + edition);
    }

    private static Endpoint endpoint(int service, int instance, int port) {
        return Endpoint.newBuilder()
                .setMetadata(named("i-%04d".formatted(instance)))
                .setSpec(EndpointSpec.newBuilder()
                        .setService(Names.service(service))
                        .setAddress(address(service, instance))
                        .putPorts(Names.PORT_NAME, port))
                .build();
    }

    /** Of instances, no two of a service are equal. */
    static String address(int service, int instance) {
        return "10.%d.%d.%d".formatted(service & 0xff, instance >> 8, instance & 0xff);
    }

    private static Metadata named(String name) {
        return Metadata.newBuilder().setName(name).build();
    }
}
