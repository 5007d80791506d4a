package io.jetwright.eventlogger;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The routing table of a port: paths, their methods, and the endpoint of each. HEAD has the endpoint of GET.
 *
 * @param basePath where a proxy shows the app, such as {@code /logger}; empty: at the root
 * @param endpoints by path relative to the base path, then by method
 */
record Routes(String basePath, Map<String, Map<String, Endpoint>> endpoints) {
    /** The first tokens of the API's paths. A base path that begins with one could not be told from the API. */
    private static final Set<String> RESERVED =
            Set.of("publish", "events", "history", "health", "ready", "status", "metrics", "openapi.json");

    private static final Pattern SEQUENCE = Pattern.compile("^/events/([0-9]+)(/payload)?$");

    /** Of the port that strangers reach. */
    static Routes ofHttpPort(
            EventLoggerSettings settings,
            EventLog log,
            HistoryEndpoint history,
            Publisher publisher,
            RequestBodies bodies,
            AppStatus appStatus) {
        Map<String, Map<String, Endpoint>> endpoints = new HashMap<>();
        endpoints.put("/publish", Map.of("POST", new PublishEndpoint(settings.publishAccess(), publisher, bodies)));
        endpoints.put("/events", get(request -> events(log, request)));
        endpoints.put(HistoryEndpoint.PATH, get(history::history));
        endpoints.put(HistoryEndpoint.EVENT_PATH, get(history::event));
        endpoints.put(HistoryEndpoint.PAYLOAD_PATH, get(history::payload));
        endpoints.put(StreamEndpoint.PATH, get(request -> StreamEndpoint.head()));
        endpoints.put("/health", get(request -> Answer.json(appStatus.health())));
        endpoints.put("/ready", get(request -> appStatus.ready(AppStatus.Audience.PUBLIC)));
        endpoints.put("/status", get(request -> Answer.json(appStatus.status(AppStatus.Audience.PUBLIC))));
        new Page()
                .files()
                .forEach((path, file) -> endpoints.put(
                        path, get(request -> file.answer(request.headers().first(HeaderNames.IF_NONE_MATCH)))));
        return new Routes(settings.basePath(), endpoints);
    }

    /** Of the port for probes and metrics, which only the cluster reaches. */
    static Routes ofManagementPort(AppStatus appStatus, EventLoggerMetrics metrics) {
        return new Routes(
                "",
                Map.of(
                        "/health",
                        get(request -> Answer.json(appStatus.health())),
                        "/ready",
                        get(request -> appStatus.ready(AppStatus.Audience.OPERATORS)),
                        "/status",
                        get(request -> Answer.json(appStatus.status(AppStatus.Audience.OPERATORS))),
                        "/metrics",
                        get(request -> metrics.answer(accepted(request)))));
    }

    /** Whether a base path cannot be used, since a path of the API begins as it does. */
    static boolean isReserved(String basePath) {
        return basePath.startsWith("/")
                && RESERVED.contains(basePath.substring(1).split("/", 2)[0]);
    }

    /**
     * The path as the endpoints have it: with {@code {sequence}} in the place of a sequence.
     *
     * @param path relative to the base path
     */
    static String template(String path) {
        Matcher matcher = SEQUENCE.matcher(path);
        return !matcher.matches()
                ? path
                : matcher.group(2) == null ? HistoryEndpoint.EVENT_PATH : HistoryEndpoint.PAYLOAD_PATH;
    }

    /**
     * The sequence in the path of an event, which may be below the base path.
     *
     * @throws Problem if there is none
     */
    static long sequence(String path) {
        Matcher matcher = SEQUENCE.matcher(path.substring(path.lastIndexOf("/events/")));
        if (!matcher.matches() || !EventQuery.isNumber(matcher.group(1))) {
            throw Problem.badRequest("the sequence has more digits than that of any event");
        }
        return Long.parseLong(matcher.group(1));
    }

    private static Map<String, Endpoint> get(Endpoint endpoint) {
        return Map.of("GET", endpoint);
    }

    private static Answer events(EventLog log, ServerRequest request) {
        return Answer.events(log, new QueryParameters(request.query()).eventQuery());
    }

    /** What its client takes, in the order of its headers. */
    private static String accepted(ServerRequest request) {
        return String.join(",", request.headers().values(HeaderNames.ACCEPT));
    }

    /**
     * The path relative to the base path. Another path is returned as it is, since a proxy can cut off the base path.
     */
    String relativePath(String path) {
        return !basePath.isEmpty() && (path.equals(basePath) || path.startsWith(basePath + "/"))
                ? path.substring(basePath.length())
                : path;
    }

    /** Whether there is something at a path relative to the base path. */
    boolean has(String path) {
        return endpoints.containsKey(path);
    }

    /**
     * Finds the endpoint of a request. The one of the base path itself redirects to the page.
     *
     * @param path relative to the base path
     * @throws Problem if there is no such path, or if the path does not have the method
     */
    Endpoint endpoint(String method, String path) {
        if (path.isEmpty()) {
            return request -> Answer.of(308, "text/plain", Map.of("Location", basePath + "/"), new byte[0]);
        }
        Map<String, Endpoint> methods = endpoints.get(path);
        if (methods == null) {
            throw Problem.notFound(
                    path,
                    has(Page.OPENAPI)
                            ? Page.OPENAPI + " tells what there is"
                            : "possible: " + String.join(", ", new TreeSet<>(endpoints.keySet())));
        }
        Endpoint endpoint = methods.get(method.equals("HEAD") ? "GET" : method);
        if (endpoint == null) {
            throw Problem.notAllowed(method, allowed(methods));
        }
        return endpoint;
    }

    private static String allowed(Map<String, Endpoint> methods) {
        var allowed = new TreeSet<>(methods.keySet());
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        return String.join(", ", allowed);
    }
}
