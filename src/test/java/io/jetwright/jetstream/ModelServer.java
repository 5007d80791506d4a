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
import io.jetwright.subject.SubjectPattern;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The streams and consumers of an account of JetStream, in memory and in no time: what nats-server fills in, what it keeps, and what it
 * refuses, as far as {@code ModelServerIT} holds it against real ones. Others act on it by its own methods, and the operator as a
 * {@link JetStream}.
 */
public final class ModelServer implements JetStream {
    private static final int OVERLAPPING_SUBJECTS = 10065;
    private static final int INVALID_STREAM_CONFIG = 10052;
    private static final int STREAM_NOT_FOUND = 10059;
    private static final int CONSUMER_NOT_FOUND = 10014;
    private static final int CONSUMER_DOES_NOT_EXIST = 10149;
    private static final int CONSUMER_CREATE = 10012;
    private static final int WORKQUEUE_WITHOUT_FILTER = 10099;
    private static final int WORKQUEUE_NOT_UNIQUE = 10100;
    private static final int WORKQUEUE_WITHOUT_ACK = 10084;

    private static final Set<String> IMMUTABLE_OF_CONSUMERS = Set.of("ack_policy", "deliver_policy");

    private final Clock clock;
    private final Meddling meddling;
    private final Map<AssetName, Entry> objects = new TreeMap<>(ModelServer::compare);
    private final Map<AssetName, Long> removed = new TreeMap<>(ModelServer::compare);
    private long serial;

    private record Entry(Settings settings, String created, long messages) {}

    /** What happens around the requests of the operator. */
    public interface Meddling {
        /** Before the server has the request. */
        void before(String verb, AssetName name) throws JetStreamException;

        /** After the server has executed it; {@code before} and {@code after} are null where there is no object. */
        void after(String verb, AssetName name, @Nullable Settings before, @Nullable Settings after)
                throws JetStreamException;
    }

    /** An account with nothing in it. */
    public ModelServer(Clock clock, Meddling meddling) {
        this.clock = clock;
        this.meddling = meddling;
    }

    /** Streams first. */
    private static int compare(AssetName one, AssetName other) {
        boolean isStream = one instanceof StreamName;
        return isStream == (other instanceof StreamName)
                ? one.toString().compareTo(other.toString())
                : isStream ? -1 : 1;
    }

    /** The failure of a request that did not reach the server, or whose answer did not come back. */
    public static JetStreamException unreachable() {
        return new JetStreamException.Unreachable("nobody answers");
    }

    private static JetStreamException rejected(int code, String text) {
        return new JetStreamException.Rejected(code, ApiErrorTable.of(code, 400), text, Cure.NONE);
    }

    /** All objects. */
    public List<AssetName> names() {
        return List.copyOf(objects.keySet());
    }

    public Optional<Settings> settings(AssetName name) {
        return Optional.ofNullable(objects.get(name)).map(Entry::settings);
    }

    public long messages(AssetName name) {
        Entry entry = objects.get(name);
        return entry == null ? 0 : entry.messages();
    }

    /** How many messages an object had when it was removed last. */
    public long lastRemoved(AssetName name) {
        return removed.getOrDefault(name, 0L);
    }

    /** Somebody stores messages in a stream, or removes them; it has this many now. */
    public void messages(AssetName name, long count) {
        objects.computeIfPresent(name, (key, entry) -> new Entry(entry.settings(), entry.created(), count));
    }

    /** Somebody creates an object; empty if it exists with other settings. */
    public Optional<Live> put(AssetName name, Settings settings) throws JetStreamException {
        requireStream(name);
        Settings filled = ServerDefaults.fill(name, settings);
        checkAcknowledgements(name, filled);
        Entry known = objects.get(name);
        if (known != null) {
            return known.settings().equals(filled) ? live(name) : Optional.empty();
        }
        check(name, filled);
        Instant created = clock.instant().plusNanos(++serial);
        objects.put(name, new Entry(filled, created.toString(), 0));
        return live(name);
    }

    /** Somebody changes an object. */
    public Live change(AssetName name, Settings settings) throws JetStreamException {
        Settings filled = ServerDefaults.fill(name, settings);
        checkAcknowledgements(name, filled);
        Entry known = objects.get(name);
        if (known == null) {
            throw name instanceof StreamName
                    ? rejected(STREAM_NOT_FOUND, "stream not found")
                    : objects.containsKey(new StreamName(name.stream()))
                            ? rejected(CONSUMER_DOES_NOT_EXIST, "consumer does not exist")
                            : new JetStreamException.NoStream("stream not found");
        }
        checkChange(name, known.settings(), filled);
        check(name, filled);
        objects.put(name, new Entry(filled, known.created(), known.messages()));
        return live(name).orElseThrow();
    }

    /** Somebody deletes an object, and a stream with its consumers. */
    public void remove(AssetName name) {
        removed.put(name, messages(name));
        objects.keySet().removeIf(each -> each.equals(name) || (name instanceof StreamName && isOf(each, name)));
    }

    private static boolean isOf(AssetName consumer, AssetName stream) {
        return consumer instanceof ConsumerName && consumer.stream().equals(stream.name());
    }

    private void requireStream(AssetName name) throws JetStreamException {
        if (name instanceof ConsumerName && !objects.containsKey(new StreamName(name.stream()))) {
            throw new JetStreamException.NoStream("stream not found");
        }
    }

    private static void checkChange(AssetName name, Settings before, Settings after) throws JetStreamException {
        if (name instanceof StreamName) {
            boolean isWorkQueue = text(after, "retention").equals("workqueue");
            if (!Objects.equals(before.get("storage"), after.get("storage"))
                    || isWorkQueue != text(before, "retention").equals("workqueue")) {
                throw rejected(INVALID_STREAM_CONFIG, "stream configuration update can not change this");
            }
            return;
        }
        for (String field : IMMUTABLE_OF_CONSUMERS) {
            if (!Objects.equals(before.get(field), after.get(field))) {
                throw rejected(CONSUMER_CREATE, field + " can not be updated");
            }
        }
    }

    private void check(AssetName name, Settings settings) throws JetStreamException {
        if (name instanceof StreamName) {
            for (AssetName other : objects.keySet()) {
                if (other instanceof StreamName && !other.equals(name) && overlap(settings, objects.get(other))) {
                    throw rejected(OVERLAPPING_SUBJECTS, "subjects overlap with an existing stream");
                }
            }
        } else if (isOnWorkQueue(name)) {
            checkOnWorkQueue(name, settings);
        }
    }

    private boolean isOnWorkQueue(AssetName name) {
        Entry stream = name instanceof ConsumerName ? objects.get(new StreamName(name.stream())) : null;
        return stream != null && text(stream.settings(), "retention").equals("workqueue");
    }

    private void checkAcknowledgements(AssetName name, Settings settings) throws JetStreamException {
        if (isOnWorkQueue(name) && !text(settings, "ack_policy").equals("explicit")) {
            throw rejected(WORKQUEUE_WITHOUT_ACK, "workqueue stream requires explicit ack");
        }
    }

    private static boolean overlap(Settings settings, @Nullable Entry other) {
        return other != null
                && texts(settings, "subjects").anyMatch(subject -> texts(other.settings(), "subjects")
                        .anyMatch(theirs -> SubjectPattern.overlap(subject, theirs)));
    }

    private void checkOnWorkQueue(AssetName name, Settings settings) throws JetStreamException {
        List<String> filters = filters(settings);
        for (AssetName other : objects.keySet()) {
            if (isOf(other, new StreamName(name.stream())) && !other.equals(name)) {
                List<String> theirs =
                        filters(Objects.requireNonNull(objects.get(other)).settings());
                if (filters.isEmpty()) {
                    throw rejected(WORKQUEUE_WITHOUT_FILTER, "multiple non-filtered consumers not allowed");
                }
                if (theirs.isEmpty()
                        || filters.stream().anyMatch(filter -> theirs.stream()
                                .anyMatch(their -> SubjectPattern.overlap(filter, their)))) {
                    throw rejected(WORKQUEUE_NOT_UNIQUE, "filtered consumer not unique on workqueue stream");
                }
            }
        }
    }

    private static List<String> filters(Settings settings) {
        return Stream.concat(
                        Stream.of(text(settings, "filter_subject")).filter(filter -> !filter.isEmpty()),
                        texts(settings, "filter_subjects"))
                .toList();
    }

    private static String text(Settings settings, String field) {
        JsonNode value = settings.get(field);
        return value == null ? "" : value.asText();
    }

    private static Stream<String> texts(Settings settings, String field) {
        JsonNode value = settings.get(field);
        return value == null ? Stream.of() : value.valueStream().map(JsonNode::asText);
    }

    private Optional<Live> live(AssetName name) {
        return Optional.ofNullable(objects.get(name)).map(entry -> {
            ObjectNode info = JsonNodeFactory.instance.objectNode().put("created", entry.created());
            info.put("ts", clock.instant().toString());
            info.set("config", entry.settings().toJson());
            if (name instanceof StreamName) {
                info.putObject("state")
                        .put("messages", entry.messages())
                        .put(
                                "consumer_count",
                                objects.keySet().stream()
                                        .filter(each -> isOf(each, name))
                                        .count());
            } else {
                info.put("name", name.name()).put("num_pending", entry.messages());
            }
            return new Live(entry.settings(), info);
        });
    }

    @Override
    public ServerVersion serverVersion() throws JetStreamException {
        return ServerVersion.parse("2.15.2");
    }

    @Override
    public Optional<Live> read(AssetName name) throws JetStreamException {
        meddling.before("read", name);
        requireStream(name);
        Optional<Live> live = live(name);
        Settings settings = settings(name).orElse(null);
        meddling.after("read", name, settings, settings);
        return live;
    }

    @Override
    public Optional<Live> create(AssetName name, Settings settings) throws JetStreamException {
        meddling.before("create", name);
        Settings before = settings(name).orElse(null);
        Optional<Live> created = put(name, settings);
        meddling.after("create", name, before, settings(name).orElse(null));
        return created;
    }

    @Override
    public Live update(AssetName name, Settings settings) throws JetStreamException {
        meddling.before("update", name);
        Settings before = settings(name).orElse(null);
        Live updated = change(name, settings);
        meddling.after("update", name, before, updated.settings());
        return updated;
    }

    @Override
    public void pause(ConsumerName name, @Nullable JsonNode until) throws JetStreamException {
        meddling.before("pause", name);
        if (!objects.containsKey(name)) {
            throw rejected(CONSUMER_NOT_FOUND, "consumer not found");
        }
        throw new UnsupportedOperationException("no consumer of the worlds is paused");
    }

    @Override
    public void delete(AssetName name) throws JetStreamException {
        meddling.before("delete", name);
        Settings before = settings(name).orElse(null);
        remove(name);
        meddling.after("delete", name, before, null);
    }

    @Override
    public void readStreams(Consumer<Live> each) {
        all(StreamName.class::isInstance).forEach(each);
    }

    @Override
    public void readConsumers(StreamName stream, Consumer<Live> each) {
        all(name -> isOf(name, stream)).forEach(each);
    }

    private List<Live> all(java.util.function.Predicate<AssetName> wanted) {
        List<Live> all = new ArrayList<>();
        objects.keySet().stream().filter(wanted).forEach(name -> live(name).ifPresent(all::add));
        return all;
    }
}
