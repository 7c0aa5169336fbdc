package io.tailrace.cli.conformance;

import adapter.AddResourceResponse;
import adapter.ClearStateRequest;
import adapter.ClearStateResponse;
import adapter.RemoveResourceResponse;
import adapter.ResourceRequest;
import adapter.SetStateRequest;
import adapter.SetStateResponse;
import adapter.UpdateResourceResponse;
import com.google.protobuf.Any;
import io.grpc.BindableService;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCalls;
import io.tailrace.schemas.publish.Published;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Tells the log what the harness wants a node to have, as EnvoyResources of a group of its own, and answers when the gateway
 * has it. Served by one thread: a call ends before the next begins.
 */
final class HarnessAdapter implements BindableService {
    private final StateLog log;
    private final Map<String, Map<Resource, Any>> nodes = new HashMap<>();

    HarnessAdapter(StateLog log) {
        this.log = log;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return ServerServiceDefinition.builder(AdapterCalls.SERVICE)
                .addMethod(AdapterCalls.SET_STATE, answering(this::setState))
                .addMethod(AdapterCalls.CLEAR_STATE, answering(this::clearState))
                .addMethod(AdapterCalls.UPDATE_RESOURCE, answering(this::updateResource))
                .addMethod(AdapterCalls.ADD_RESOURCE, answering(this::addResource))
                .addMethod(AdapterCalls.REMOVE_RESOURCE, answering(this::removeResource))
                .build();
    }

    private static <Q, R> ServerCallHandler<Q, R> answering(Function<Q, R> call) {
        return ServerCalls.asyncUnaryCall((request, answer) -> {
            try {
                answer.onNext(call.apply(request));
                answer.onCompleted();
            } catch (StatusRuntimeException e) {
                answer.onError(e);
            } catch (RuntimeException e) {
                answer.onError(Status.INTERNAL
                        .withDescription(e.getMessage())
                        .withCause(e)
                        .asRuntimeException());
            }
        });
    }

    private SetStateResponse setState(SetStateRequest request) {
        Map<Resource, Any> wanted = new TreeMap<>();
        for (Any each : request.getResourcesList()) {
            Resource resource = Resource.of(each);
            wanted.put(resource, resource.labelled(each, request.getVersion()));
        }
        become(request.getNode(), wanted);
        return SetStateResponse.newBuilder().setSuccess(true).build();
    }

    private ClearStateResponse clearState(ClearStateRequest request) {
        become(request.getNode(), Map.of());
        return ClearStateResponse.newBuilder()
                .setResponse(request.getNode() + " has nothing")
                .build();
    }

    private AddResourceResponse addResource(ResourceRequest request) {
        Resource resource = Resource.of(request);
        put(request, resource, resource.onlyNamed());
        return AddResourceResponse.newBuilder().setSuccess(true).build();
    }

    private UpdateResourceResponse updateResource(ResourceRequest request) {
        Resource resource = Resource.of(request);
        put(request, resource, held(request, resource));
        return UpdateResourceResponse.newBuilder().setSuccess(true).build();
    }

    private RemoveResourceResponse removeResource(ResourceRequest request) {
        Resource resource = Resource.of(request);
        held(request, resource);
        Map<Resource, Any> wanted = new TreeMap<>(held(request.getNode()));
        wanted.remove(resource);
        become(request.getNode(), wanted);
        return RemoveResourceResponse.newBuilder().setSuccess(true).build();
    }

    private void put(ResourceRequest request, Resource resource, Any body) {
        Map<Resource, Any> wanted = new TreeMap<>(held(request.getNode()));
        wanted.put(resource, resource.labelled(body, request.getVersion()));
        become(request.getNode(), wanted);
    }

    private Any held(ResourceRequest request, Resource resource) {
        Any body = held(request.getNode()).get(resource);
        if (body == null) {
            throw Status.NOT_FOUND
                    .withDescription("node " + request.getNode() + " has no " + resource)
                    .asRuntimeException();
        }
        return body;
    }

    private Map<Resource, Any> held(String node) {
        return nodes.getOrDefault(node, Map.of());
    }

    private void become(String node, Map<Resource, Any> wanted) {
        Published last = log.publish(node, held(node), wanted);
        nodes.put(node, Map.copyOf(wanted));
        log.awaitView(last);
    }
}
