package io.jetwright.jetstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.AssetName.StreamName;
import io.jetwright.plan.ServerDefaults;
import io.jetwright.plan.ServerVersion;
import io.jetwright.plan.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** JetStream in a map: fills in what the server fills in, keeps what was asked of it, and fails as it is told to. */
public final class FakeJetStream implements JetStream {
    /** When everything in here was created, unless {@link #createdAt} says otherwise. */
    public static final String CREATED = "2026-06-01T11:00:00.123456789Z";

    private final Map<AssetName, Settings> objects = new HashMap<>();
    private final Map<AssetName, Long> messages = new HashMap<>();
    private final Map<String, JetStreamException> failures = new HashMap<>();
    private final Map<String, Runnable> before = new HashMap<>();
    private final List<String> requests = new ArrayList<>();
    private final List<String> stubborn = new ArrayList<>();
    private String created = CREATED;
    private @Nullable JsonNode cluster;
    private ServerVersion version = ServerVersion.parse("2.15.2");

    /** Somebody has created an object, or changed it. */
    public void put(AssetName name, Settings settings) {
        objects.put(name, ServerDefaults.fill(name, settings));
    }

    /** Somebody has set a field; null unsets it. */
    public void set(AssetName name, String wireName, @Nullable JsonNode value) {
        objects.put(name, with(get(name), wireName, value));
    }

    private static Settings with(Settings settings, String wireName, @Nullable JsonNode value) {
        Map<String, JsonNode> fields = new LinkedHashMap<>(settings.fields());
        fields.remove(wireName);
        if (value != null) {
            fields.put(wireName, value);
        }
        return new Settings(fields);
    }

    /** Somebody has deleted an object. */
    public void remove(AssetName name) {
        objects.keySet().removeIf(each -> each.equals(name) || (name instanceof StreamName && isIn(each, name)));
    }

    public void fill(AssetName name, long count) {
        messages.put(name, count);
    }

    public void version(String text) {
        version = ServerVersion.parse(text);
    }

    /** What is in here is as old as this; RFC 3339. */
    public void createdAt(String time) {
        created = time;
    }

    /** What all answers have to say of the servers. */
    public void cluster(JsonNode cluster) {
        this.cluster = cluster;
    }

    /** From now on nothing answers. */
    public void goDown() {
        fail("*", new JetStreamException.Unreachable("nats://localhost:4222 cannot be reached"));
    }

    public void deny() {
        fail("*", new JetStreamException.Denied("the credentials are refused"));
    }

    public void disable() {
        fail("*", new JetStreamException.Disabled("no JetStream", Cure.NONE));
    }

    public void comeBack() {
        failures.clear();
    }

    /** From now on requests of this verb are answered with an error. */
    public void reject(String verb, int code, String text) {
        ErrorMeaning meaning = ApiErrorTable.of(code, 400);
        fail(
                verb,
                switch (meaning) {
                    case UNAVAILABLE -> new JetStreamException.Unavailable(text, Cure.NONE);
                    case OFFLINE -> new JetStreamException.Offline(text, Cure.NONE);
                    default -> new JetStreamException.Rejected(code, meaning, text, Cure.NONE);
                });
    }

    /** The server takes updates of this field and keeps what it has. */
    public void ignore(String wireName) {
        stubborn.add(wireName);
    }

    /** Something happens between the next request of this verb and its answer. */
    public void when(String verb, Runnable event) {
        before.put(verb, event);
    }

    private void fail(String verb, JetStreamException failure) {
        failures.put(verb, failure);
    }

    /** What was asked since the last time that this was asked, such as {@code create stream ORDERS}. */
    public List<String> requests() {
        List<String> asked = List.copyOf(requests);
        requests.clear();
        return asked;
    }

    public boolean has(AssetName name) {
        return objects.containsKey(name);
    }

    public Settings get(AssetName name) {
        Settings settings = objects.get(name);
        if (settings == null) {
            throw new AssertionError("no " + name);
        }
        return settings;
    }

    @Override
    public ServerVersion serverVersion() throws JetStreamException {
        failIfToldTo("*");
        return version;
    }

    @Override
    public Optional<Live> read(AssetName name) throws JetStreamException {
        ask("read", name);
        requireStream(name);
        return live(name);
    }

    @Override
    public void readStreams(Consumer<Live> each) throws JetStreamException {
        requests.add("list streams");
        failIfToldTo("*");
        liveOnes(StreamName.class::isInstance).forEach(each);
    }

    @Override
    public void readConsumers(StreamName stream, Consumer<Live> each) throws JetStreamException {
        requests.add("list consumers of " + stream);
        failIfToldTo("*");
        liveOnes(name -> isIn(name, stream)).forEach(each);
    }

    private Stream<Live> liveOnes(Predicate<AssetName> wanted) {
        return objects.keySet().stream().filter(wanted).flatMap(name -> live(name).stream());
    }

    @Override
    public Optional<Live> create(AssetName name, Settings settings) throws JetStreamException {
        ask("create", name);
        requireStream(name);
        Settings filled = ServerDefaults.fill(name, settings);
        Settings known = objects.putIfAbsent(name, filled);
        return known == null || known.equals(filled) ? live(name) : Optional.empty();
    }

    @Override
    public Live update(AssetName name, Settings settings) throws JetStreamException {
        ask("update", name);
        Settings known = get(name);
        Settings filled = ServerDefaults.fill(name, settings);
        for (String field : stubborn) {
            filled = with(filled, field, known.get(field));
        }
        if (name instanceof ConsumerName) {
            filled = with(filled, "pause_until", known.get("pause_until"));
        }
        objects.put(name, filled);
        return live(name).orElseThrow();
    }

    @Override
    public void pause(ConsumerName name, @Nullable JsonNode until) throws JetStreamException {
        ask("pause", name);
        set(name, "pause_until", until);
    }

    @Override
    public void delete(AssetName name) throws JetStreamException {
        ask("delete", name);
        requireStream(name);
        remove(name);
        messages.remove(name);
    }

    private void ask(String verb, AssetName name) throws JetStreamException {
        requests.add(verb + " " + name);
        Runnable event = before.remove(verb);
        if (event != null) {
            event.run();
        }
        failIfToldTo("*");
        failIfToldTo(verb);
    }

    private void failIfToldTo(String verb) throws JetStreamException {
        JetStreamException failure = failures.get(verb);
        if (failure != null) {
            throw failure;
        }
    }

    private void requireStream(AssetName name) throws JetStreamException.NoStream {
        if (name instanceof ConsumerName && !objects.containsKey(new StreamName(name.stream()))) {
            throw new JetStreamException.NoStream("stream " + name.stream() + " does not exist in JetStream");
        }
    }

    private Optional<Live> live(AssetName name) {
        return Optional.ofNullable(objects.get(name)).map(settings -> {
            ObjectNode info = JsonNodeFactory.instance.objectNode().put("created", created);
            info.set("config", settings.toJson());
            if (name instanceof ConsumerName) {
                info.put("name", name.name());
            }
            if (cluster != null) {
                info.put("ts", CREATED).set("cluster", cluster);
            }
            long count = messages.getOrDefault(name, 0L);
            if (name instanceof StreamName) {
                info.putObject("state")
                        .put("messages", count)
                        .put(
                                "consumer_count",
                                objects.keySet().stream()
                                        .filter(each -> isIn(each, name))
                                        .count());
            } else {
                info.put("num_pending", count);
            }
            return Live.of(info);
        });
    }

    private static boolean isIn(AssetName consumer, AssetName stream) {
        return consumer instanceof ConsumerName && consumer.stream().equals(stream.name());
    }
}
