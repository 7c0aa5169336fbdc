package io.tailrace.schemas.manifest;

import com.google.protobuf.Message;
import io.tailrace.schemas.kind.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One object's text, read: the normalized object, or why there is none. Its rules are not checked yet. */
public record ParsedObject(@Nullable Message object, List<Problem> problems) {}
