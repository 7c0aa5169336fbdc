package io.tailrace.schemas.event;

import java.time.Instant;

/**
 * Who says what a change event says, when and why: CloudEvents' attributes. An event from outside may lack any of them.
 *
 * @param id unique for the source ({@code ce_id}); empty: not said
 * @param source the connector or program ({@code ce_source}); empty: not said
 * @param time when the change happened ({@code ce_time}); {@link Instant#EPOCH}: not said
 * @param author the person or tool that wanted it ({@code author}); empty: not said
 * @param reason why, in the author's words ({@code reason}); empty: not said
 */
public record EventMeta(String id, String source, Instant time, String author, String reason) {
    /** Of an event that doesn't say why. */
    public EventMeta(String id, String source, Instant time, String author) {
        this(id, source, time, author, "");
    }
}
