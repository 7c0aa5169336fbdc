package io.tailrace.gateway.view;

/**
 * Where a body lies in its mesh. The scope is empty for what groups share and the group's name for what is its own.
 */
public record BodyKey(String typeUrl, String scope, String name) {
    /** The key of what groups share, as references mean it. */
    public static BodyKey shared(ResourceName name) {
        return new BodyKey(name.typeUrl(), "", name.name());
    }

    /** Of the texts' own, which they remember. */
    @Override
    public int hashCode() {
        return 31 * (31 * typeUrl.hashCode() + scope.hashCode()) + name.hashCode();
    }

    public ResourceName resource() {
        return new ResourceName(typeUrl, name);
    }
}
