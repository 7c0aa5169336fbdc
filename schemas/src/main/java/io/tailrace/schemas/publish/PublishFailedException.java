package io.tailrace.schemas.publish;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Not all was published: a transaction was aborted, took too long, or its end isn't known. The caller must learn again
 * from the log what stands there before it publishes more. It may go on with the same publisher.
 */
public final class PublishFailedException extends RuntimeException {
    private final List<Published> published;

    public PublishFailedException(String reason, List<Published> published, @Nullable Throwable cause) {
        super(reason + "; read from the log what was published before publishing again", cause);
        this.published = List.copyOf(published);
    }

    PublishFailedException after(List<Published> before) {
        return new PublishFailedException(this, before);
    }

    private PublishFailedException(PublishFailedException failure, List<Published> before) {
        super(failure.getMessage(), failure.getCause());
        this.published = List.copyOf(before);
    }

    /** What earlier transactions of the same call did publish. What the failed one held may be there or not. */
    public List<Published> published() {
        return published;
    }
}
