package io.tailrace.schemas.check;

import com.google.protobuf.Message;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.kind.Problem;
import io.tailrace.schemas.v1.Endpoint;
import io.tailrace.schemas.v1.EnvoyResource;
import io.tailrace.schemas.v1.Gateway;
import io.tailrace.schemas.v1.HTTPRoute;
import io.tailrace.schemas.v1.ProxyGroup;
import io.tailrace.schemas.v1.Secret;
import io.tailrace.schemas.v1.Service;
import io.tailrace.schemas.v1.TCPRoute;
import java.util.List;

/**
 * What is wrong with an object, by the rules that the comments of the .proto files state. A normalized object that
 * passes is one that Envoy won't reject on its account, since Envoy rejects a whole response for one bad resource.
 */
public final class Validation {
    /** An object's greatest size, in bytes of its Protobuf form. */
    public static final int MAX_OBJECT_BYTES = 1 << 20;

    private Validation() {}

    /** In the order of the fields; empty: the object is valid. */
    public static List<Problem> check(Message object) {
        Report report = Report.of(object);
        int size = object.getSerializedSize();
        if (size > MAX_OBJECT_BYTES) {
            report.add("", size + " bytes", "at most " + MAX_OBJECT_BYTES);
            return report.problems();
        }
        MetadataChecks.check(object, report);
        ShapeChecks.check(object, "", report);
        switch (Kind.of(object)) {
            case PROXY_GROUP -> ProxyGroupChecks.check(((ProxyGroup) object).getSpec(), report);
            case GATEWAY -> GatewayChecks.check(((Gateway) object).getSpec(), report);
            case HTTP_ROUTE -> HttpRouteChecks.check(((HTTPRoute) object), report);
            case TCP_ROUTE -> TcpRouteChecks.check(((TCPRoute) object), report);
            case SERVICE -> ServiceChecks.check(((Service) object).getSpec(), report);
            case ENDPOINT -> EndpointChecks.check(((Endpoint) object), report);
            case ENVOY_RESOURCE -> EnvoyResourceChecks.check(((EnvoyResource) object).getSpec(), report);
            case SECRET -> SecretChecks.check(((Secret) object).getSpec(), report);
        }
        return report.problems();
    }
}
