package io.tailrace.schemas.manifest;

import io.tailrace.schemas.manifest.Node.Entry;
import io.tailrace.schemas.manifest.Node.ListNode;
import io.tailrace.schemas.manifest.Node.MapNode;
import io.tailrace.schemas.manifest.Node.ScalarNode;
import io.tailrace.schemas.manifest.Node.ScalarType;

/** A tree as JSON, whatever it holds. */
final class PlainJson {
    private PlainJson() {}

    static void write(Node node, StringBuilder json, Findings findings, String path) {
        if (node instanceof MapNode map) {
            json.append('{');
            String comma = "";
            for (Entry entry : map.entries()) {
                json.append(comma);
                JsonText.string(entry.key(), json);
                json.append(':');
                write(entry.value(), json, findings, path);
                comma = ",";
            }
            json.append('}');
        } else if (node instanceof ListNode list) {
            json.append('[');
            String comma = "";
            for (Node item : list.items()) {
                json.append(comma);
                write(item, json, findings, path);
                comma = ",";
            }
            json.append(']');
        } else if (node instanceof ScalarNode scalar) {
            scalar(scalar, json, findings, path);
        }
    }

    private static void scalar(ScalarNode scalar, StringBuilder json, Findings findings, String path) {
        if (scalar.type() == ScalarType.STRING) {
            JsonText.string(scalar.text(), json);
        } else if (scalar.type() == ScalarType.NULL) {
            json.append("null");
        } else if (scalar.type() == ScalarType.DECIMAL && !Scalars.isFinite(scalar.text())) {
            findings.add(scalar, path, "a finite number");
            json.append("0");
        } else {
            json.append(scalar.text());
        }
    }
}
