package io.tailrace.translator.core.status;

/** Why a condition is as it is, in one word: the name of a constant is what users read. */
public enum Reason {
    // Gateway API's, of routes
    NoMatchingParent,
    NotAllowedByListeners,
    NoMatchingListenerHostname,
    BackendNotFound,
    // Gateway API's, of Gateways and their listeners
    ListenersNotValid,
    HostnameConflict,
    ProtocolConflict,
    // ours
    /** Another object of the kind has the name. */
    NameConflict,
    /** A listener has the address and port. */
    AddressConflict,
    /** Every listener that the route asks for lost its port to another. */
    ListenerConflict,
    /** Another TCPRoute has the listener. */
    RouteConflict,
    /** Another route has wholly equal matches. */
    MatchConflict
}
