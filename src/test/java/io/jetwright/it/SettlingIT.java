package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jetwright.api.Asset;
import io.jetwright.api.AssetSpec;
import io.jetwright.api.AssetStatus;
import io.jetwright.api.ConsumerSpec;
import io.jetwright.api.KeyValueSpec;
import io.jetwright.api.ObjectStoreSpec;
import io.jetwright.api.StreamSpec;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.JetStreamApi;
import io.jetwright.it.harness.Manifests;
import io.jetwright.it.harness.NatsServer;
import io.jetwright.it.harness.RealJetStream;
import io.jetwright.it.harness.SettlingCases;
import io.jetwright.it.harness.TestNamespace;
import io.jetwright.it.harness.WriteCounter;
import io.jetwright.jetstream.JetStream;
import io.jetwright.operator.asset.FakeCache;
import io.jetwright.operator.asset.Resources;
import io.jetwright.operator.asset.Stage;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.AssetName.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a spec says that the API server takes, each release of nats-server comes to agree with it, or refuses it with a
 * cure; and nothing is written after the first answer. So when the object is made with the spec, when it is changed to it, and
 * when the spec takes it all back.
 */
@Order(1)
class SettlingIT {
    @RegisterExtension
    static final Installation installation = Installation.withoutNats();

    private static final int RESYNCS = 3;

    /** Refusals that say what to do: a sentence follows the error's code. */
    private static final Pattern CURE = Pattern.compile(
            "(?s)(Unsupported|Immutable|Invalid): .*" + "|(Rejected|Blocked|Unreachable): .*\\([0-9]{5}\\)[.] [A-Z].*");

    private static final Map<JsonNode, Boolean> VALID = new ConcurrentHashMap<>();

    private final TestNamespace namespace = installation.namespace();

    /** A kind, and what its tests take. */
    private record Subject<R extends Asset<S, T>, S extends AssetSpec, T extends AssetStatus>(
            String kind,
            Class<S> spec,
            Supplier<Stage<R, S, T>> stage,
            BiFunction<String, String, R> resource,
            AssetName name,
            String more) {
        SettlingCases cases() {
            return SettlingCases.of(kind);
        }
    }

    private static Stream<Subject<?, ?, ?>> subjects() {
        Stream<Subject<?, ?, ?>> declaringStreams = Stream.of(
                new Subject<>(
                        "Stream", StreamSpec.class, Stage::ofStreams, Resources::stream, new StreamName("it"), ""),
                new Subject<>(
                        "KeyValue",
                        KeyValueSpec.class,
                        Stage::ofKeyValues,
                        Resources::keyValue,
                        new StreamName("KV_it"),
                        ""),
                new Subject<>(
                        "ObjectStore",
                        ObjectStoreSpec.class,
                        Stage::ofObjectStores,
                        Resources::objectStore,
                        new StreamName("OBJ_it"),
                        ""));
        Stream<Subject<?, ?, ?>> consumers = SettlingCases.of("Consumer")
                .streams()
                .map(stream -> new Subject<>(
                        "Consumer",
                        ConsumerSpec.class,
                        () -> Stage.ofConsumers(new FakeCache<>()),
                        Resources::consumer,
                        new ConsumerName(stream, "it"),
                        stream));
        return Stream.concat(declaringStreams, consumers);
    }

    private static void prepare(JetStreamApi api) {
        Stream.of(
                        "{name: ORIGIN, subjects: [origin.*], storage: memory, duplicate_window: 120000000000}",
                        "{name: OTHER, subjects: [other.*], storage: memory}",
                        "{name: DIRECT, subjects: [direct.*], storage: memory, allow_direct: true}",
                        "{name: KV_users, subjects: [$KV.users.>], storage: memory, max_msgs_per_subject: 1}",
                        "{name: PLAIN, subjects: [\"plain.>\"], storage: memory}",
                        "{name: LIMITED, subjects: [\"limited.>\"], storage: memory,"
                                + " consumer_limits: {max_ack_pending: 50, inactive_threshold: 3600000000000}}",
                        "{name: QUEUE, subjects: [\"queue.>\"], storage: memory, retention: workqueue}",
                        "{name: INTEREST, subjects: [\"interest.>\"], storage: memory, retention: interest}")
                .forEach(api::createStream);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nats-server-2.10", "nats-server-2.11", "nats-server-2.12", "nats-server-2.14", "nats-server"})
    void everySpecSettles(String release) {
        try (var nats = NatsServer.ofRelease(release, "");
                var real = RealJetStream.of(nats)) {
            prepare(new JetStreamApi(nats));
            JetStream jetStream = real.jetStream();

            List<String> unsettled = subjects()
                    .flatMap(subject -> unsettled(subject, jetStream).stream())
                    .toList();

            assertThat(unsettled).isEmpty();
        }
    }

    @Test
    void theTablesHaveAValueOfEachField() {
        assertThat(subjects().flatMap(subject -> subject.cases().missing(subject.spec()).stream()))
                .isEmpty();
    }

    private <R extends Asset<S, T>, S extends AssetSpec, T extends AssetStatus> List<String> unsettled(
            Subject<R, S, T> subject, JetStream jetStream) {
        List<String> all = new ArrayList<>();
        Set<JsonNode> specs = subject.cases().specs();
        for (JsonNode spec : specs) {
            if (isValid(subject, spec)) {
                try {
                    String made = walk(subject, jetStream, List.of(spec.toString(), "{}"));
                    String changed = walk(subject, jetStream, List.of("{}", spec.toString(), "{}"));
                    Stream.of(made, changed)
                            .filter(trouble -> !trouble.isEmpty())
                            .forEach(trouble -> all.add(subject.kind() + " " + subject.more() + " " + trouble));
                } catch (RuntimeException e) {
                    all.add(subject.kind() + " " + spec + " " + e);
                }
            }
        }
        return all;
    }

    /** One resource with these specs, one after the other; what is wrong with it, or nothing. */
    private static <R extends Asset<S, T>, S extends AssetSpec, T extends AssetStatus> String walk(
            Subject<R, S, T> subject, JetStream jetStream, List<String> specs) {
        Stage<R, S, T> stage = subject.stage().get();
        var counter = new WriteCounter(jetStream);
        stage.connect(counter);
        R resource = null;
        try {
            for (String spec : specs) {
                R next = subject.resource().apply("it", withStream(subject, spec));
                resource = resource == null ? next : stage.changed(resource, next);
                String first = stage.outcome(resource);
                counter.writes();
                String last = first;
                for (int i = 0; i < RESYNCS; i++) {
                    last = stage.outcome(resource);
                }
                List<String> writes = counter.writes();
                boolean isSettled =
                        (last.startsWith("InSync") || CURE.matcher(last).matches()) && writes.isEmpty();
                if (!isSettled) {
                    return specs + " at " + spec + ": " + last + (writes.isEmpty() ? "" : ", with " + writes);
                }
            }
            return "";
        } finally {
            eventually(() -> jetStream.delete(subject.name()));
        }
    }

    private static String withStream(Subject<?, ?, ?> subject, String spec) {
        if (subject.more().isEmpty()) {
            return spec;
        }
        String stream = "{\"streamName\": \"" + subject.more() + "\"";
        return spec.equals("{}") ? stream + "}" : stream + ", " + spec.substring(1);
    }

    private boolean isValid(Subject<?, ?, ?> subject, JsonNode spec) {
        ObjectNode key = spec.deepCopy();
        key.put("kind", subject.kind());
        return VALID.computeIfAbsent(key, unknown -> isTaken(subject, spec));
    }

    private boolean isTaken(Subject<?, ?, ?> subject, JsonNode spec) {
        String manifest = Manifests.manifest(subject.kind(), "it", withStream(subject, spec.toString()));
        GenericKubernetesResource resource = TestNamespace.parse(manifest).get(0);
        try {
            namespace.tryCreate(resource);
            return true;
        } catch (KubernetesClientException e) {
            assertThat(e.getCode()).as(e.getMessage()).isIn(400, 422);
            return false;
        }
    }
}
