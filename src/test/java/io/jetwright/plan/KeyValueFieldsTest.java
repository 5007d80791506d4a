package io.jetwright.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jetwright.api.KeyValueSpec;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyValueFieldsTest {
    private static final ServerVersion NEWEST = ServerVersion.parse("2.15.2");

    private static final String KEY_VALUE = """
            {"subjects": ["$KV.sessions.>"], "max_msgs_per_subject": 1, "discard": "new", "deny_delete": true,
             "allow_rollup_hdrs": true, "allow_direct": true, "duplicate_window": 120000000000}
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "null", textBlock = """
            {}                             | {}
            {description: Who is there}    | {"description": "Who is there"}
            {history: 1}                   | {}
            {history: 64}                  | {"max_msgs_per_subject": 64}
            {ttl: 1d}                      | {"max_age": 86400000000000}
            {ttl: 10s}                     | {"max_age": 10000000000, "duplicate_window": 10000000000}
            {ttl: 2m}                      | {"max_age": 120000000000}
            {ttl: 0s}                      | {"max_age": 0}
            {limitMarkerTtl: 1h}           | {"subject_delete_marker_ttl": 3600000000000, "allow_msg_ttl": true}
            {maxValueSize: 64Ki}           | {"max_msg_size": 65536}
            {maxValueSize: -1}             | {"max_msg_size": -1}
            {maxBytes: 1Gi}                | {"max_bytes": 1073741824}
            {storage: memory}              | {"storage": "memory"}
            {replicas: 3}                  | {"num_replicas": 3}
            {placement: {cluster: east, tags: [ssd]}} | {"placement": {"cluster": "east", "tags": ["ssd"]}}
            {republish: {source: a.>, destination: b.>, headersOnly: true}} | {"republish": {"src": "a.>", "dest": "b.>", "headers_only": true}}
            {compression: true}            | {"compression": "s2"}
            {compression: false}           | {"compression": "none"}
            {mirror: {name: users}}        | {"mirror": {"name": "KV_users"}, "mirror_direct": true, "subjects": null, "duplicate_window": null}
            {mirror: {name: KV_users}}     | {"mirror": {"name": "KV_users"}, "mirror_direct": true, "subjects": null, "duplicate_window": null}
            {mirror: {name: OBJ_users}}    | {"mirror": {"name": "KV_OBJ_users"}, "mirror_direct": true, "subjects": null, "duplicate_window": null}
            {mirror: {name: users, filterSubject: $KV.users.a.>, externalApiPrefix: $JS.hub.API}} | {"mirror": {"name": "KV_users", "filter_subject": "$KV.users.a.>", "external": {"api": "$JS.hub.API"}}, "mirror_direct": true, "subjects": null, "duplicate_window": null}
            {mirror: {name: users, subjectTransforms: [{source: a, dest: b}]}} | {"mirror": {"name": "KV_users", "subject_transforms": [{"src": "a", "dest": "b"}]}, "mirror_direct": true, "subjects": null, "duplicate_window": null}
            {sources: [{name: users}, {name: KV_bots, optStartSeq: 5}]} | {"sources": [{"name": "KV_users", "subject_transforms": [{"src": "$KV.users.>", "dest": "$KV.sessions.>"}]}, {"name": "KV_bots", "opt_start_seq": 5, "subject_transforms": [{"src": "$KV.bots.>", "dest": "$KV.sessions.>"}]}]}
            {sources: [{name: users, filterSubject: $KV.users.*.eu.*}]} | {"sources": [{"name": "KV_users", "subject_transforms": [{"src": "$KV.users.*.eu.*", "dest": "$KV.sessions.{{wildcard(1)}}.eu.{{wildcard(2)}}"}]}]}
            {sources: [{name: users, filterSubject: $KV.users.a*.>}]} | {"sources": [{"name": "KV_users", "subject_transforms": [{"src": "$KV.users.a*.>", "dest": "$KV.sessions.a*.>"}]}]}
            {sources: [{name: sessions, externalApiPrefix: $JS.hub.API}]} | {"sources": [{"name": "KV_sessions", "external": {"api": "$JS.hub.API"}}]}
            {sources: [{name: sessions, filterSubject: $KV.sessions.a, externalApiPrefix: $JS.hub.API}]} | {"sources": [{"name": "KV_sessions", "filter_subject": "$KV.sessions.a", "external": {"api": "$JS.hub.API"}}]}
            {sources: [{name: users, externalApiPrefix: $JS.hub.API}]} | {"sources": [{"name": "KV_users", "external": {"api": "$JS.hub.API"}, "subject_transforms": [{"src": "$KV.users.>", "dest": "$KV.sessions.>"}]}]}
            {sources: [{name: EVENTS, subjectTransforms: [{source: events.*, dest: "$KV.sessions.{{wildcard(1)}}"}]}]} | {"sources": [{"name": "EVENTS", "subject_transforms": [{"src": "events.*", "dest": "$KV.sessions.{{wildcard(1)}}"}]}]}
            """)
    void aKeyValueBucketIsThisStream(String spec, String more) {
        Settings desired = Specs.desiredKeyValue(spec);
        assertThat(Specs.bare(desired)).isEqualTo(Specs.json(KEY_VALUE, more));
        assertThat(desired.get("name")).hasToString("\"KV_sessions\"");
        assertThat(Mapping.KEY_VALUE.change(
                        desired, ServerDefaults.fill(Specs.SESSIONS, desired), NEWEST, Instant.EPOCH, false))
                .isEqualTo(new Change.None());
    }

    @Test
    void noFieldIsForgotten() {
        assertThat(KeyValueFields.ALL.stream().map(Field::name))
                .containsAll(SpecFields.topLevel(KeyValueSpec.class, Set.of("bucket")));
        assertThat(KeyValueFields.ALL.stream().map(Field::wireName)).doesNotHaveDuplicates();
    }

    /** As jnats 2.26.2 and nats.go 1.53.1 make them, and as others have changed them since. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}               | {}                                   | none
            {}               | {"max_msgs_per_subject": 10}         | none
            {history: 5}     | {"max_msgs_per_subject": 10}         | update history: 10 -> 5
            {}               | {"num_replicas": 3}                  | none
            {}               | {"discard": "old"}                   | update discard: old -> new
            {}               | {"allow_direct": false}              | update allowDirect: false -> true
            {}               | {"allow_rollup_hdrs": false}         | update allowRollup: false -> true
            {}               | {"deny_delete": false}               | update denyDelete: false -> true
            {}               | {"subjects": ["$KV.sessions.a"]}     | update subjects: ["$KV.sessions.a"] -> ["$KV.sessions.>"]
            {}               | {"allow_msg_ttl": true}              | none
            {}               | {"duplicate_window": 5000000000}     | none
            {}               | {"max_age": 10000000000, "duplicate_window": 10000000000} | none
            {ttl: 10s}       | {"max_age": 0, "duplicate_window": 120000000000} | update ttl: 0s -> 10s
            {ttl: 10s}       | {"max_age": 0, "duplicate_window": 60000000000}  | update ttl: 0s -> 10s; duplicateWindow: 1m -> 10s
            {mirror: {name: users}} | {"duplicate_window": 120000000000} | none
            {mirror: {name: users}} | {"mirror_direct": false}      | none
            {mirror: {name: users, externalApiPrefix: x}} | {"mirror_direct": false} | update mirrorDirect: false -> true
            {ttl: 1d}        | {"max_age": 0}                       | update ttl: 0s -> 1d
            {storage: file}  | {"storage": "memory"}                | immutable storage: memory -> file
            {compression: true} | {"compression": "none"}           | update compression: none -> s2
            {mirror: {name: users}} | {"mirror": {"name": "KV_bots"}} | immutable mirror: {"name":"KV_bots"} -> {"name":"KV_users"}
            {ttl: 1d}        | {"sealed": true, "max_age": 0, "deny_purge": true, "allow_rollup_hdrs": false} | none
            {history: 5}     | {"sealed": true, "deny_purge": true, "allow_rollup_hdrs": false, "max_msgs_per_subject": 1} | update history: 1 -> 5
            {limitMarkerTtl: 1m} | {"subject_delete_marker_ttl": 0} | update limitMarkerTtl: 0s -> 1m
            """)
    void whatIsToBeChangedOnABucket(String spec, String changedByOthers, String expected) {
        Settings desired = Specs.desiredKeyValue(spec);
        Settings actual = Specs.overlaid(ServerDefaults.fill(Specs.SESSIONS, desired), changedByOthers);
        assertThat(Specs.show(Mapping.KEY_VALUE.change(desired, actual, NEWEST, Instant.EPOCH, false)))
                .isEqualTo(expected);
    }

    @Test
    void theHistoryOfAnAdoptedBucketIsKeptUnlessTheSpecHasOne() {
        Settings byOthers = Specs.overlaid(
                ServerDefaults.fill(Specs.SESSIONS, Specs.desiredKeyValue("{}")),
                "{\"max_msgs_per_subject\": 10, \"metadata\": {}}");
        assertThat(history(Specs.desiredKeyValue("{}"), byOthers)).isEqualTo(10);
        assertThat(history(Specs.desiredKeyValue("{ttl: 1d}"), byOthers)).isEqualTo(10);
        assertThat(history(Specs.desiredKeyValue("{history: 3}"), byOthers)).isEqualTo(3);
    }

    @Test
    void aHistoryThatIsRemovedFromTheSpecIsOneAgain() {
        Settings before = ServerDefaults.fill(Specs.SESSIONS, Specs.desiredKeyValue("{history: 10}"));
        assertThat(history(Specs.desiredKeyValue("{}"), before)).isEqualTo(1);
    }

    private static int history(Settings desired, Settings actual) {
        var update = (Change.Update) Mapping.KEY_VALUE.change(desired, actual, NEWEST, Instant.EPOCH, false);
        return update.settings().toJson().path("max_msgs_per_subject").asInt();
    }

    @Test
    void aMirrorThatIsRemovedFromTheSpecBecomesABucketOfItsOwn() {
        Settings before = ServerDefaults.fill(Specs.SESSIONS, Specs.desiredKeyValue("{mirror: {name: users}}"));
        Change change = Mapping.KEY_VALUE.change(Specs.desiredKeyValue("{}"), before, NEWEST, Instant.EPOCH, false);
        assertThat(Specs.show(change))
                .isEqualTo("update mirror: {\"name\":\"KV_users\"} -> (the server's default);"
                        + " subjects: (none) -> [\"$KV.sessions.>\"]; mirrorDirect: true -> (the server's default)");
        assertThat(((Change.Update) change).settings().fields()).doesNotContainKeys("mirror", "mirror_direct");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2.10.29 | {limitMarkerTtl: 1m} | spec.limitMarkerTtl needs nats-server 2.11.0 or newer
            2.11.0  | {limitMarkerTtl: 1m} |
            2.10.0  | {history: 5, mirror: {name: A}, compression: true} |
            2.12.0  | {mirror: {name: A, consumer: {name: C, deliverSubject: d}}}    | spec.mirror needs nats-server 2.14.0 or newer
            2.12.0  | {sources: [{name: A, consumer: {name: C, deliverSubject: d}}]} | spec.sources needs nats-server 2.14.0 or newer
            """)
    void whatAServerIsTooOldForIsNamed(String server, String spec, String expected) {
        assertThat(Mapping.KEY_VALUE
                        .unsupported(Specs.read(spec, KeyValueSpec.class), Specs.SESSIONS, ServerVersion.parse(server))
                        .map(message -> message.split(",", 2)[0].replace(" and this is " + server, "")))
                .isEqualTo(Optional.ofNullable(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {ttl: soon}            | spec.ttl: 'soon' is not a duration
            {limitMarkerTtl: soon} | spec.limitMarkerTtl: 'soon' is not a duration
            {maxValueSize: lots}   | spec.maxValueSize: 'lots' is not a size
            {sources: [{name: users, filterSubject: $KV.bots.>}]} | spec.sources: filterSubject $KV.bots.> does not begin with $KV.users.
            """)
    void whatCannotBeReadIsRefusedWithTheFieldsName(String spec, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Specs.desiredKeyValue(spec))
                .withMessageStartingWith(message);
    }
}
