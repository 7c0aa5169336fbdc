package io.tailrace.gateway.view;

import io.tailrace.schemas.v1.NodeSelector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes belong to a group: all conditions hold. Of several selectors that match a node the most specific wins: the
 * one with more conditions, then the one with more exact ones (then the group's name decides, in the view).
 */
public record Selector(List<Condition> conditions) {
    /** Most specific first. */
    static final Comparator<Selector> MOST_SPECIFIC_FIRST = Comparator.<Selector>comparingInt(
                    s -> s.conditions().size())
            .thenComparingInt(Selector::exact)
            .reversed();

    /** One value of a node, exact or, ending in '*', as a prefix. */
    public record Condition(Field field, String key, String pattern) {
        boolean matches(Node node) {
            String value = field.value(node, key);
            return value != null
                    && (isPrefix()
                            ? value.startsWith(pattern.substring(0, pattern.length() - 1))
                            : value.equals(pattern));
        }

        boolean isPrefix() {
            return pattern.endsWith("*");
        }
    }

    /** What a condition looks at. */
    public enum Field {
        ID,
        CLUSTER,
        REGION,
        ZONE,
        SUB_ZONE,
        METADATA;

        @Nullable
        String value(Node node, String key) {
            return switch (this) {
                case ID -> node.id();
                case CLUSTER -> node.cluster();
                case REGION -> node.locality().region();
                case ZONE -> node.locality().zone();
                case SUB_ZONE -> node.locality().subZone();
                case METADATA -> node.metadata().get(key);
            };
        }
    }

    public Selector {
        conditions = List.copyOf(conditions);
    }

    /** The selector of a group that only a Gateway names. */
    public static Selector ofCluster(String cluster) {
        return of(NodeSelector.newBuilder().setNodeCluster(cluster).build());
    }

    public static Selector of(NodeSelector selector) {
        List<Condition> conditions = new ArrayList<>();
        add(conditions, Field.CLUSTER, selector.getNodeCluster());
        add(conditions, Field.ID, selector.getNodeId());
        add(conditions, Field.REGION, selector.getLocality().getRegion());
        add(conditions, Field.ZONE, selector.getLocality().getZone());
        add(conditions, Field.SUB_ZONE, selector.getLocality().getSubZone());
        for (Map.Entry<String, String> wanted : new TreeMap<>(selector.getMetadataMap()).entrySet()) {
            conditions.add(new Condition(Field.METADATA, wanted.getKey(), wanted.getValue()));
        }
        return new Selector(conditions);
    }

    private static void add(List<Condition> conditions, Field field, String pattern) {
        if (!pattern.isEmpty()) {
            conditions.add(new Condition(field, "", pattern));
        }
    }

    /** A selector without conditions selects nothing: a group that wants every node says "*". */
    public boolean matches(Node node) {
        return !conditions.isEmpty() && conditions.stream().allMatch(condition -> condition.matches(node));
    }

    private int exact() {
        return (int) conditions.stream().filter(c -> !c.isPrefix()).count();
    }
}
