package io.jetwright.operator.asset;

import static io.jetwright.operator.asset.Resources.keyValue;
import static io.jetwright.operator.asset.Resources.objectStore;
import static io.jetwright.operator.asset.Resources.stream;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jetwright.api.KeyValue;
import io.jetwright.api.KeyValueSpec;
import io.jetwright.api.KeyValueStatus;
import io.jetwright.api.Stream;
import io.jetwright.jetstream.FakeJetStream;
import io.jetwright.operator.asset.kind.StreamKind;
import io.jetwright.plan.AssetName.StreamName;
import io.jetwright.plan.Owner;
import io.jetwright.status.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is different about buckets; the loop itself is that of {@link LoopTest}. */
class BucketLoopTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final StreamName SESSIONS = new StreamName("KV_sessions");

    private final Stage<KeyValue, KeyValueSpec, KeyValueStatus> stage = Stage.ofKeyValues();
    private final FakeJetStream jetStream = stage.jetStream;

    /** A Stream that is there, beside the buckets. */
    private void besides(Stream stream) {
        var cache = new FakeCache<Stream>();
        stage.kinds.add(StreamKind.of(stage.routes, cache));
        cache.put(stream);
    }

    @Test
    void aNewBucketCostsOneRequestAndEachComparisonOne() {
        KeyValue sessions = keyValue("sessions", "{history: 5}");
        assertThat(stage.reconcile(sessions).reason()).isEqualTo(Reason.IN_SYNC);
        assertThat(jetStream.requests()).containsExactly("create stream KV_sessions");
        assertThat(stage.events()).containsExactly("Normal Created: stream KV_sessions is created");
        assertThat(stage.reconcile(sessions).deed()).isNull();
        assertThat(jetStream.requests()).containsExactly("read stream KV_sessions");
    }

    @Test
    void anObjectStoreCostsAsMuch() {
        var stores = Stage.ofObjectStores();
        var files = stores.reconciled(objectStore("photos", "{bucket: FILES}"));
        assertThat(stores.reconcile(files).deed()).isNull();
        assertThat(stores.jetStream.requests()).containsExactly("read stream OBJ_FILES");
        assertThat(files.getStatus().bucket()).isEqualTo("FILES");
    }

    @Test
    void theOwnerIsNamedWithItsKind() {
        stage.reconcile(keyValue("sessions", "{}"));
        assertThat(Owner.of(jetStream.get(SESSIONS))).contains(new Owner("here", "shop", "sessions", "KeyValue"));
    }

    @Test
    void whatEveryBucketHasIsRepaired() {
        KeyValue sessions = stage.reconciled(keyValue("sessions", "{}"));
        jetStream.set(SESSIONS, "discard", JSON.textNode("old"));
        stage.reconcile(sessions);
        assertThat(stage.events())
                .containsExactly(
                        "Normal DriftRepaired: stream KV_sessions had been changed, and is repaired: discard: old -> new");
    }

    @Test
    void aFieldThatTheServerIsTooOldForIsNamed() {
        jetStream.version("2.10.29");
        Outcome outcome = stage.reconcile(keyValue("sessions", "{limitMarkerTtl: 1m}"));
        assertThat(outcome.reason()).isEqualTo(Reason.UNSUPPORTED);
        assertThat(outcome.message())
                .startsWith("spec.limitMarkerTtl needs nats-server 2.11.0 or newer, and this is 2.10.29");
        assertThat(jetStream.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-06-01T09:00:00Z, 'the Stream shop/sessions is older and names it too'",
        "2026-06-01T11:00:00Z, ",
    })
    void ofAStreamAndABucketTheOlderHasTheStream(String created, String message) {
        Stream stream = stream("sessions", "{name: KV_sessions}");
        stream.getMetadata().setCreationTimestamp(created);
        besides(stream);
        Outcome outcome = stage.reconcile(keyValue("sessions", "{}"));
        if (message == null) {
            assertThat(outcome.reason()).isEqualTo(Reason.IN_SYNC);
        } else {
            assertThat(outcome.reason()).isEqualTo(Reason.CONFLICT);
            assertThat(outcome.message()).startsWith("stream KV_sessions: " + message);
            assertThat(jetStream.has(SESSIONS)).isFalse();
        }
    }

    @Test
    void aStreamsResourceOfTheSameNameKeepsWhatItOwns() {
        Stream stream = stream("sessions", "{name: KV_sessions}");
        stream.getMetadata().setCreationTimestamp("2026-06-01T11:00:00Z");
        besides(stream);
        var streams = Stage.ofStreams();
        jetStream.put(SESSIONS, streams.desired(stream, SESSIONS));

        Outcome outcome = stage.reconcile(keyValue("sessions", "{}"));

        assertThat(outcome.reason()).isEqualTo(Reason.CONFLICT);
        assertThat(outcome.message()).contains("it belongs to the Stream shop/sessions (metadata");
    }

    @Test
    void aBucketThatLostIsDeletedWithoutTheStreamOfItsNamesake() {
        KeyValue bucket = keyValue("sessions", "{}");
        Stream stream = stream("sessions", "{name: KV_sessions}");
        besides(stream);
        jetStream.put(SESSIONS, Stage.ofStreams().desired(stream, SESSIONS));
        stage.reconcile(bucket);

        assertThat(stage.cleanup(bucket)).isEmpty();
        assertThat(jetStream.has(SESSIONS)).isTrue();
    }

    @Test
    void whatAGoneStreamsResourceLeftIsAdopted() {
        besides(stream("other", "{}"));
        jetStream.put(SESSIONS, Stage.ofStreams().desired(stream("gone", "{name: KV_sessions}"), SESSIONS));
        assertThat(stage.reconcile(keyValue("sessions", "{}")).reason()).isEqualTo(Reason.IN_SYNC);
        assertThat(Owner.of(jetStream.get(SESSIONS))).contains(new Owner("here", "shop", "sessions", "KeyValue"));
    }
}
