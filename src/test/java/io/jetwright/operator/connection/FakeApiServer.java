package io.jetwright.operator.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes API server in a map, over HTTP: reads, lists, watches, creates, replaces, applies resources and statuses, and
 * forbids what it is told to. It knows neither schemas nor conflicts.
 */
public final class FakeApiServer implements AutoCloseable {
    private static final Pattern PATH = Pattern.compile(
            "(?<api>/api/v1|/apis/[^/]+/[^/]+)(/namespaces/(?<namespace>[^/]+)(?=/))?/(?<plural>[^/]+)(/(?<name>[^/]+))?(/status)?");
    private static final Pattern FIELD_SELECTOR = Pattern.compile("metadata\\.name=([^&,]+)");
    private static final Pattern RESOURCE_VERSION = Pattern.compile("resourceVersion=(\\d+)");

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final KubernetesClient client;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** What follows is guarded by it; it is notified of each change. */
    private final Object lock = new Object();

    private final Map<Key, ObjectNode> resources = new LinkedHashMap<>();
    private final Map<String, Integer> refusals = new HashMap<>();
    private final List<Change> history = new ArrayList<>();
    private final Set<String> held = new HashSet<>();
    private boolean areWatchesHeld;
    private boolean isClosed;

    private record Key(String api, String plural, String namespace, String name) {}

    private record Change(String type, Key key, ObjectNode resource) {}

    /**
     * What a request is about.
     *
     * @param namespace null for all, or none
     * @param name null for all
     */
    private record Selection(
            String api,
            String plural,
            @Nullable String namespace,
            @Nullable String name) {
        static Selection of(HttpExchange exchange) {
            Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
            if (!path.matches()) {
                throw new IllegalArgumentException(exchange.getRequestURI().toString());
            }
            Matcher selector = FIELD_SELECTOR.matcher(query(exchange));
            return new Selection(
                    path.group("api"),
                    path.group("plural"),
                    path.group("namespace"),
                    selector.find() ? selector.group(1) : path.group("name"));
        }

        Key key() {
            return new Key(
                    api, plural, Objects.requireNonNullElse(namespace, ""), Objects.requireNonNull(name, "name"));
        }

        boolean contains(Key key) {
            return key.api().equals(api)
                    && key.plural().equals(plural)
                    && (namespace == null || key.namespace().equals(namespace))
                    && (name == null || key.name().equals(name));
        }
    }

    /** Runs, and has nothing yet. */
    public FakeApiServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(executor);
        server.start();
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                        .withOnlyHttpWatches(true)
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    /** Closed with the server. */
    public KubernetesClient client() {
        return client;
    }

    /** Somebody creates the resource, or replaces it. */
    public void put(HasMetadata resource) {
        String api = (resource.getApiVersion().contains("/") ? "/apis/" : "/api/") + resource.getApiVersion();
        String namespace = resource.getMetadata().getNamespace();
        put(
                new Key(
                        api,
                        resource.getPlural(),
                        namespace == null ? "" : namespace,
                        resource.getMetadata().getName()),
                (ObjectNode) json(Serialization.asJson(resource)));
    }

    /** Somebody deletes the resource. */
    public void delete(Class<? extends HasMetadata> kind, String namespace, String name) {
        synchronized (lock) {
            Key key = resources.keySet().stream()
                    .filter(each -> each.plural().equals(HasMetadata.getPlural(kind))
                            && each.namespace().equals(namespace)
                            && each.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            record("DELETED", key, Objects.requireNonNull(resources.remove(key)));
        }
    }

    /** From now on nothing may be done to the resources of this kind, named by its plural, in whichever namespace. */
    public void forbid(String plural) {
        refuse(plural, HttpURLConnection.HTTP_FORBIDDEN);
    }

    /** From now on what has to do with resources of this kind, named by its plural, is answered with this code. */
    public void refuse(String plural, int code) {
        synchronized (lock) {
            refusals.put(plural, code);
        }
    }

    public void allow(String plural) {
        synchronized (lock) {
            refusals.remove(plural);
        }
    }

    /** From now on no list of the resources of this kind, named by its plural, is answered. */
    public void holdLists(String plural) {
        synchronized (lock) {
            held.add(plural);
        }
    }

    /** All lists are answered from now on, and those that wait. */
    public void releaseLists() {
        synchronized (lock) {
            held.clear();
            lock.notifyAll();
        }
    }

    /** From now on watches are told nothing. */
    public void holdWatches() {
        synchronized (lock) {
            areWatchesHeld = true;
        }
    }

    /** The requests so far, such as {@code GET /api/v1/namespaces/shop/secrets?fieldSelector=metadata.name=nats}. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Those that write. */
    public List<String> writes() {
        return requests.stream().filter(request -> !request.startsWith("GET ")).toList();
    }

    private ObjectNode put(Key key, ObjectNode resource) {
        synchronized (lock) {
            boolean isNew = resources.put(key, resource) == null;
            record(isNew ? "ADDED" : "MODIFIED", key, resource);
            return resource;
        }
    }

    private void record(String type, Key key, ObjectNode resource) {
        history.add(new Change(type, key, resource));
        resource.withObjectProperty("metadata").put("resourceVersion", String.valueOf(history.size()));
        lock.notifyAll();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(exchange.getRequestMethod() + " "
                    + exchange.getRequestURI().getPath() + (query(exchange).isEmpty() ? "" : "?" + query(exchange)));
            Selection selection = Selection.of(exchange);
            Integer refusal = refusal(selection);
            if (refusal != null) {
                send(exchange, failure(refusal, selection.plural() + " are refused"));
            } else if (query(exchange).contains("watch=true")) {
                watch(exchange, selection);
            } else {
                send(exchange, handle(exchange, selection));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable Integer refusal(Selection selection) {
        synchronized (lock) {
            return refusals.get(selection.plural());
        }
    }

    private JsonNode handle(HttpExchange exchange, Selection selection) throws IOException, InterruptedException {
        boolean isNamed = !exchange.getRequestURI().getPath().endsWith("/" + selection.plural());
        JsonNode body = json(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        synchronized (lock) {
            if (!isNamed) {
                while (!isClosed && held.contains(selection.plural())) {
                    lock.wait();
                }
                return list(selection);
            }
            var known = selected(selection).findFirst();
            if (isApplied(exchange)) {
                return put(selection.key(), (ObjectNode) body);
            }
            if (known.isEmpty()) {
                return failure(
                        HttpURLConnection.HTTP_NOT_FOUND,
                        selection.plural() + " \"" + selection.name() + "\" not found");
            }
            Key key = known.get().getKey();
            ObjectNode resource = known.get().getValue();
            return switch (exchange.getRequestMethod()) {
                case "GET" -> resource;
                case "PUT" -> put(key, (ObjectNode) body);
                case "PATCH" -> put(key, resource.deepCopy().set("status", body.path("status")));
                default -> throw new UnsupportedOperationException(exchange.getRequestMethod());
            };
        }
    }

    private static boolean isApplied(HttpExchange exchange) {
        return exchange.getRequestMethod().equals("PATCH")
                && !exchange.getRequestURI().getPath().endsWith("/status");
    }

    private Stream<Map.Entry<Key, ObjectNode>> selected(Selection selection) {
        return resources.entrySet().stream().filter(each -> selection.contains(each.getKey()));
    }

    private JsonNode list(Selection selection) {
        ObjectNode list =
                JsonNodeFactory.instance.objectNode().put("kind", "List").put("apiVersion", "v1");
        list.putObject("metadata").put("resourceVersion", String.valueOf(history.size()));
        list.putArray("items")
                .addAll(selected(selection).map(Map.Entry::getValue).toList());
        return list;
    }

    private static JsonNode failure(int code, String message) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Failure")
                .put("code", code)
                .put("message", message);
    }

    private static void send(HttpExchange exchange, JsonNode answer) throws IOException {
        byte[] body = answer.toString().getBytes(StandardCharsets.UTF_8);
        int code = answer.path("kind").asText().equals("Status")
                ? answer.path("code").asInt()
                : HttpURLConnection.HTTP_OK;
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
    }

    private void watch(HttpExchange exchange, Selection selection) throws IOException, InterruptedException {
        Matcher since = RESOURCE_VERSION.matcher(query(exchange));
        int told = since.find() ? Integer.parseInt(since.group(1)) : 0;
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(HttpURLConnection.HTTP_OK, 0);
        OutputStream out = exchange.getResponseBody();
        out.flush();
        for (Change change = next(told); change != null; change = next(++told)) {
            if (selection.contains(change.key())) {
                ObjectNode event = JsonNodeFactory.instance.objectNode().put("type", change.type());
                event.set("object", change.resource());
                out.write((event + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        }
    }

    /** The change after so many; waits for it. Null at the end. */
    private @Nullable Change next(int told) throws InterruptedException {
        synchronized (lock) {
            while (!isClosed && (areWatchesHeld || history.size() <= told)) {
                lock.wait();
            }
            return isClosed ? null : history.get(told);
        }
    }

    private static String query(HttpExchange exchange) {
        String query = exchange.getRequestURI().getQuery();
        return query == null ? "" : query;
    }

    /** Of JSON or YAML; nothing for the empty text. */
    private static JsonNode json(String text) {
        return text.isEmpty() ? JsonNodeFactory.instance.missingNode() : Serialization.unmarshal(text, JsonNode.class);
    }

    /** It is away from now on. */
    public void stop() {
        synchronized (lock) {
            isClosed = true;
            lock.notifyAll();
        }
        server.stop(0);
    }

    @Override
    public void close() {
        client.close();
        stop();
        executor.shutdownNow();
    }
}
