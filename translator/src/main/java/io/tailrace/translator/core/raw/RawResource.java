package io.tailrace.translator.core.raw;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.listener.v3.AdditionalAddress;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.tailrace.schemas.check.Durations;
import io.tailrace.schemas.check.EnvoyResourceType;
import io.tailrace.schemas.v1.EnvoyResource;
import io.tailrace.translator.core.Placed;
import io.tailrace.translator.core.Resource;
import io.tailrace.translator.core.ResourceName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Stream;

/**
 * An EnvoyResource as a node sees it.
 *
 * @param addresses what it binds, if it is a listener: Envoy has one listener for each
 */
record RawResource(
        Placed<EnvoyResource> object, ResourceName id, SortedSet<ResourceName> refs, List<String> addresses) {

    /** Empty if its type isn't known, or its bytes aren't of the type: then nothing can be said of it. */
    static Optional<RawResource> of(Placed<EnvoyResource> object) {
        Any any = object.value().getSpec().getResource();
        return EnvoyResourceType.ofTypeUrl(any.getTypeUrl())
                .flatMap(type -> RawRefs.unpack(any)
                        .map(message -> new RawResource(
                                object,
                                new ResourceName(type.typeUrl(), type.name(message)),
                                RawRefs.of(any),
                                addresses(message))));
    }

    Resource resource(String group) {
        return new Resource(
                id,
                group,
                object.value().getSpec().getResource().getValue(),
                List.copyOf(refs),
                List.of(object.cause()),
                new Resource.Raw(ttl()));
    }

    private Duration ttl() {
        String ttl = object.value().getSpec().getTtl();
        return ttl.isEmpty() ? Duration.ZERO : Durations.parse(ttl);
    }

    static List<String> addresses(Message message) {
        return message instanceof Listener listener
                ? Stream.concat(
                                Stream.of(listener.getAddress()),
                                listener.getAdditionalAddressesList().stream().map(AdditionalAddress::getAddress))
                        .flatMap(address -> text(address).stream())
                        .toList()
                : List.of();
    }

    private static Optional<String> text(Address address) {
        SocketAddress socket = address.getSocketAddress();
        return switch (address.getAddressCase()) {
            case SOCKET_ADDRESS ->
                socket.getPortValue() == 0 // the system chooses one
                        ? Optional.empty()
                        : Optional.of(socket.getProtocol() + " " + socket.getAddress() + " " + socket.getPortValue());
            case PIPE -> Optional.of("pipe " + address.getPipe().getPath());
            case ENVOY_INTERNAL_ADDRESS, ADDRESS_NOT_SET -> Optional.empty();
        };
    }
}
