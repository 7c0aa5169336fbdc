package io.tailrace.schemas.check;

import com.google.protobuf.Message;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.v1.Endpoint;
import io.tailrace.schemas.v1.Metadata;
import java.util.regex.Pattern;

/** The rules of metadata.proto. */
final class MetadataChecks {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9-]{1,63}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,253}");

    private MetadataChecks() {}

    static void check(Message object, Report report) {
        Metadata metadata = Kind.metadata(object);
        label("metadata.mesh", metadata.getMesh(), report);
        label("metadata.namespace", metadata.getNamespace(), report);
        // An endpoint's name is its instance's if it has none of its own, and that may have an address's form.
        if (!(object instanceof Endpoint) && !isName(metadata.getName())) {
            report.text("metadata.name", metadata.getName(), "1 to 253 letters, digits, '-', '_' and '.'");
        }
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    static boolean isLabel(String text) {
        return LABEL.matcher(text).matches();
    }

    private static void label(String field, String value, Report report) {
        if (!isLabel(value)) {
            report.text(field, value, "1 to 63 characters of a-z, 0-9, '-'");
        }
    }
}
