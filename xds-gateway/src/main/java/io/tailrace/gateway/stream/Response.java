package io.tailrace.gateway.stream;

/** A content with the nonce that pairs its answer with it. */
public record Response(Content content, String nonce) {
    /** Gives contents their nonces, from one sequence for the whole gateway. */
    public interface Source {
        /** May be the response that other streams got for an equal content just now. */
        Response of(Content content);

        /** A nonce that no stream has seen. */
        Response anew(Content content);
    }
}
