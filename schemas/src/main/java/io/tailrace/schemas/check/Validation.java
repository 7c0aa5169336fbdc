package io.tailrace.schemas.check;

import com.google.protobuf.Message;
import io.tailrace.schemas.kind.Problem;
import java.util.List;

/**
 * What is wrong with an object, by the rules that the comments of the .proto files state. A normalized object that
 * passes is one that Envoy won't reject on its account, since Envoy rejects a whole response for one bad resource.
 */
public final class Validation {
    private Validation() {}

    /** Sorted by field's place in the message; empty: the object is valid. */
    public static List<Problem> check(Message object) {
        Report report = Report.of(object);
        MetadataChecks.check(object, report);
        return report.problems();
    }
}
