package io.jetwright.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.it.harness.NatsServer;
import io.jetwright.it.harness.RealJetStream;
import io.jetwright.jetstream.JetStream;
import io.jetwright.jetstream.JetStreamException;
import io.jetwright.jetstream.Live;
import io.jetwright.jetstream.ModelServer;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.AssetName.StreamName;
import io.jetwright.plan.Settings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The servers of the worlds answer as real ones do: the same random requests go to both. */
class ModelServerIT {
    private static final int REQUESTS = 1000;

    /** What the worlds set, and look at. */
    private static final List<String> FIELDS = List.of(
            "subjects",
            "retention",
            "storage",
            "max_msgs",
            "max_bytes",
            "description",
            "ack_policy",
            "deliver_policy",
            "filter_subject",
            "max_deliver",
            "max_ack_pending");

    private static final List<String> REFUSALS = List.of(
            "rejected 10012",
            "rejected 10052",
            "rejected 10059",
            "rejected 10065",
            "rejected 10084",
            "rejected 10099",
            "rejected 10100",
            "rejected 10149");

    private final Random random = new Random(20);

    @ParameterizedTest
    @ValueSource(
            strings = {"nats-server-2.10", "nats-server-2.11", "nats-server-2.12", "nats-server-2.14", "nats-server"})
    void theModelAnswersAsTheServerDoes(String release) {
        try (var nats = NatsServer.ofRelease(release, "");
                var connected = RealJetStream.of(nats)) {
            JetStream real = connected.jetStream();
            var model = new ModelServer(Clock.systemUTC(), new Undisturbed());
            List<String> history = new ArrayList<>();
            Set<String> refusals = new TreeSet<>();
            for (int i = 0; i < REQUESTS; i++) {
                Request request = request();
                String ofReal = answer(real, request);
                history.add(request + ": " + ofReal);
                if (ofReal.startsWith("rejected")) {
                    refusals.add(ofReal);
                }
                assertThat(answer(model, request))
                        .as("%s", history.subList(Math.max(0, history.size() - 12), history.size()))
                        .isEqualTo(ofReal);
            }
            assertThat(refusals).as("what the model knows has come up").containsExactlyElementsOf(REFUSALS);
        }
    }

    /**
     * A request.
     *
     * @param field what is changed of what there is; null for another request than an update
     */
    private record Request(
            String verb,
            AssetName name,
            Settings settings,
            @Nullable String field,
            JsonNode value) {}

    private String one(String... of) {
        return of[random.nextInt(of.length)];
    }

    private Request request() {
        String stream = one("S1", "S2");
        boolean isStream = random.nextInt(3) == 0;
        AssetName name = isStream ? new StreamName(stream) : new ConsumerName(stream, one("c1", "c2"));
        Settings settings = Settings.of(Serialization.unmarshal(
                "--- " + (isStream ? stream(stream) : consumer(name.name(), stream)), JsonNode.class));
        return switch (random.nextInt(8)) {
            case 0 -> new Request("delete", name, settings, null, TextNode.valueOf(""));
            case 1 -> new Request("read", name, settings, null, TextNode.valueOf(""));
            case 2, 3, 4 -> new Request("create", name, settings, null, TextNode.valueOf(""));
            default -> isStream ? updateOfStream(name, settings) : updateOfConsumer(name, settings);
        };
    }

    private Request updateOfStream(AssetName name, Settings settings) {
        return switch (random.nextInt(4)) {
            case 0 -> new Request("update", name, settings, "max_msgs", IntNode.valueOf(1 + random.nextInt(3)));
            case 1 -> new Request("update", name, settings, "storage", TextNode.valueOf(one("file", "memory")));
            case 2 -> new Request("update", name, settings, "retention", TextNode.valueOf(one("limits", "workqueue")));
            default -> new Request("update", name, settings, "description", TextNode.valueOf(one("a", "b")));
        };
    }

    private Request updateOfConsumer(AssetName name, Settings settings) {
        return switch (random.nextInt(3)) {
            case 0 -> new Request("update", name, settings, "max_deliver", IntNode.valueOf(1 + random.nextInt(3)));
            case 1 -> new Request("update", name, settings, "ack_policy", TextNode.valueOf(one("explicit", "none")));
            default -> new Request("update", name, settings, "description", TextNode.valueOf(one("a", "b")));
        };
    }

    private String stream(String name) {
        return "{name: %s, subjects: [\"%s\"], retention: %s, storage: %s}"
                .formatted(
                        name,
                        random.nextInt(4) == 0 ? "shared.>" : name + ".>",
                        one("limits", "workqueue"),
                        one("file", "memory"));
    }

    private String consumer(String name, String stream) {
        return "{name: %s, durable_name: %s, deliver_policy: all, ack_policy: %s%s}"
                .formatted(
                        name,
                        name,
                        one("explicit", "explicit", "explicit", "none"),
                        one(
                                "",
                                ", filter_subject: \"%s.a\"".formatted(stream),
                                ", filter_subject: \"%s.b\"".formatted(stream)));
    }

    private static String answer(JetStream jetStream, Request request) {
        try {
            return switch (request.verb()) {
                case "read" -> show(jetStream.read(request.name()));
                case "create" -> show(jetStream.create(request.name(), request.settings()));
                case "delete" -> {
                    jetStream.delete(request.name());
                    yield "deleted";
                }
                default -> show(Optional.of(jetStream.update(request.name(), changed(jetStream, request))));
            };
        } catch (JetStreamException.Rejected e) {
            return "rejected " + e.code();
        } catch (JetStreamException e) {
            return e.getClass().getSimpleName();
        }
    }

    /** What there is, with the change; what the request has where there is nothing. */
    private static Settings changed(JetStream jetStream, Request request) throws JetStreamException {
        Settings known = jetStream.read(request.name()).map(Live::settings).orElse(request.settings());
        return request.field() == null ? known : known.with(request.field(), request.value());
    }

    private static String show(Optional<Live> live) {
        return live.map(Live::settings)
                .map(settings -> FIELDS.stream()
                        .filter(field -> settings.get(field) != null)
                        .map(field -> field + "=" + settings.get(field))
                        .toList()
                        .toString())
                .orElse("nothing");
    }

    private static final class Undisturbed implements ModelServer.Meddling {
        @Override
        public void before(String verb, AssetName name) {}

        @Override
        public void after(String verb, AssetName name, @Nullable Settings before, @Nullable Settings after) {}
    }
}
