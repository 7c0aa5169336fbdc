package io.tailrace.cli.conformance;

import adapter.AddResourceResponse;
import adapter.ClearStateRequest;
import adapter.ClearStateResponse;
import adapter.RemoveResourceResponse;
import adapter.ResourceRequest;
import adapter.SetStateRequest;
import adapter.SetStateResponse;
import adapter.UpdateResourceResponse;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.protobuf.ProtoUtils;

/** The five calls of adapter.proto. Written by hand: gRPC's plugin for protoc isn't worth its place for these. */
final class AdapterCalls {
    static final String SERVICE = "adapter.Adapter";

    static final MethodDescriptor<SetStateRequest, SetStateResponse> SET_STATE =
            unary("SetState", SetStateRequest.getDefaultInstance(), SetStateResponse.getDefaultInstance());
    static final MethodDescriptor<ClearStateRequest, ClearStateResponse> CLEAR_STATE =
            unary("ClearState", ClearStateRequest.getDefaultInstance(), ClearStateResponse.getDefaultInstance());
    static final MethodDescriptor<ResourceRequest, UpdateResourceResponse> UPDATE_RESOURCE =
            unary("UpdateResource", ResourceRequest.getDefaultInstance(), UpdateResourceResponse.getDefaultInstance());
    static final MethodDescriptor<ResourceRequest, AddResourceResponse> ADD_RESOURCE =
            unary("AddResource", ResourceRequest.getDefaultInstance(), AddResourceResponse.getDefaultInstance());
    static final MethodDescriptor<ResourceRequest, RemoveResourceResponse> REMOVE_RESOURCE =
            unary("RemoveResource", ResourceRequest.getDefaultInstance(), RemoveResourceResponse.getDefaultInstance());

    private AdapterCalls() {}

    private static <Q extends Message, R extends Message> MethodDescriptor<Q, R> unary(
            String name, Q request, R response) {
        return MethodDescriptor.<Q, R>newBuilder()
                .setType(MethodType.UNARY)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
                .setRequestMarshaller(ProtoUtils.marshaller(request))
                .setResponseMarshaller(ProtoUtils.marshaller(response))
                .build();
    }
}
