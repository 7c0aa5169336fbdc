package io.tailrace.translator.core.routes;

import io.envoyproxy.envoy.config.route.v3.RedirectAction;
import io.envoyproxy.envoy.config.route.v3.RedirectAction.RedirectResponseCode;
import io.tailrace.schemas.v1.HTTPRequestRedirectFilter;

/** Redirects as Gateway API means them, on a plain HTTP listener. */
final class Redirects {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private Redirects() {}

    static RedirectAction redirect(HTTPRequestRedirectFilter filter, PathMatch match, int listenerPort) {
        RedirectAction.Builder action = RedirectAction.newBuilder()
                .setResponseCode(code(filter.hasStatusCode() ? filter.getStatusCode() : 302));
        if (!filter.getScheme().isEmpty()) {
            action.setSchemeRedirect(filter.getScheme());
        }
        if (!filter.getHostname().isEmpty()) {
            action.setHostRedirect(filter.getHostname());
        }
        setPort(action, filter, listenerPort);
        PathRewrite.of(filter.getPath(), match).apply(action);
        return action.build();
    }

    /**
     * The port is the filter's, else the scheme's own, else the listener's. One that the scheme implies isn't written where
     * Envoy wouldn't keep the request's instead: it keeps it unless the host or the port is set.
     */
    private static void setPort(RedirectAction.Builder action, HTTPRequestRedirectFilter filter, int listenerPort) {
        boolean https = filter.getScheme().equals("https");
        int implied = https ? HTTPS_PORT : HTTP_PORT;
        int port = port(filter, implied, listenerPort);
        boolean requestHasNone = !filter.getHostname().isEmpty() || listenerPort == HTTP_PORT;
        if (port != implied || !requestHasNone) {
            action.setPortRedirect(port);
        }
    }

    private static int port(HTTPRequestRedirectFilter filter, int implied, int listenerPort) {
        if (filter.hasPort()) {
            return filter.getPort();
        }
        return filter.getScheme().isEmpty() ? listenerPort : implied;
    }

    private static RedirectResponseCode code(int status) {
        return switch (status) {
            case 301 -> RedirectResponseCode.MOVED_PERMANENTLY;
            case 303 -> RedirectResponseCode.SEE_OTHER;
            case 307 -> RedirectResponseCode.TEMPORARY_REDIRECT;
            case 308 -> RedirectResponseCode.PERMANENT_REDIRECT;
            default -> RedirectResponseCode.FOUND;
        };
    }
}
