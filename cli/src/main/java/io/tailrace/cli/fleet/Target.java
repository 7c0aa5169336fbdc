package io.tailrace.cli.fleet;

import io.tailrace.schemas.log.v1.Laggard;
import io.tailrace.schemas.log.v1.NodeReport;
import org.jspecify.annotations.Nullable;

/**
 * What is waited for: that the nodes of a mesh, or of one group there, have acked these offsets.
 *
 * @param group null: all of the mesh that some group selects
 */
record Target(String mesh, @Nullable String group, Offsets offsets) {
    boolean concerns(NodeReport node) {
        return concerns(node.getMesh(), node.getGroup());
    }

    boolean concerns(Laggard laggard) {
        return concerns(laggard.getMesh(), laggard.getGroup());
    }

    private boolean concerns(String nodesMesh, String nodesGroup) {
        return nodesMesh.equals(mesh) && (group == null ? !nodesGroup.isEmpty() : nodesGroup.equals(group));
    }
}
