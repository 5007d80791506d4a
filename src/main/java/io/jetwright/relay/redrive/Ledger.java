package io.jetwright.relay.redrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What has to outlive the process about a Redrive: what it has selected, and which messages may be on their way. It is stored
 * before they are sent.
 *
 * @param redrive namespace/name of the Redrive, for people
 * @param uid of the Redrive
 * @param created of the stream of dead letters
 * @param last the last sequence that is selected
 * @param matched how many dead letters are to be sent
 * @param skipped how many are selected and cannot be sent
 * @param writer names the process that has written it
 * @param server the id that nats-server has given itself when it started
 * @param noted since when some of the open ones are so, if that is longer ago than this was stored; else null
 * @param open the sequences of those that may have been sent, and are not known to be removed
 * @param uncertain the sequences of those of which it cannot be known any more whether they were sent
 * @param targets by the names of the streams that are sent to, as they were before any of the open ones was sent
 */
record Ledger(
        String redrive,
        String uid,
        String created,
        long last,
        long matched,
        long skipped,
        String writer,
        String server,
        @Nullable Instant noted,
        NavigableSet<Long> open,
        NavigableSet<Long> uncertain,
        Map<String, Mark> targets) {
    /**
     * A stream before messages were sent to it.
     *
     * @param last its last sequence
     * @param deleted how many of its messages were gone; may be as of earlier than {@code last}
     */
    record Mark(long last, long deleted) {}

    Ledger {
        open = Collections.unmodifiableNavigableSet(new TreeSet<>(open));
        uncertain = Collections.unmodifiableNavigableSet(new TreeSet<>(uncertain));
        targets = Collections.unmodifiableMap(new TreeMap<>(targets));
    }

    /** The same with other sequences. */
    Ledger with(NavigableSet<Long> nowOpen, NavigableSet<Long> nowUncertain) {
        return new Ledger(
                redrive, uid, created, last, matched, skipped, writer, server, noted, nowOpen, nowUncertain, targets);
    }

    /**
     * The same with targets as they were later.
     *
     * @param reached last sequences by the names of streams
     */
    Ledger withTargets(Map<String, Long> reached) {
        Map<String, Mark> later = new TreeMap<>(targets);
        later.replaceAll(
                (name, mark) -> new Mark(Math.max(mark.last(), reached.getOrDefault(name, 0L)), mark.deleted()));
        return new Ledger(redrive, uid, created, last, matched, skipped, writer, server, noted, open, uncertain, later);
    }

    /** The same with nothing that is open, as of now. */
    Ledger settled(NavigableSet<Long> nowUncertain, String nowServer) {
        return new Ledger(
                redrive,
                uid,
                created,
                last,
                matched,
                skipped,
                writer,
                nowServer,
                null,
                Collections.emptyNavigableSet(),
                nowUncertain,
                targets);
    }

    JsonNode json() {
        ObjectNode json = Requests.body()
                .put("redrive", redrive)
                .put("uid", uid)
                .put("created", created)
                .put("last", last)
                .put("matched", matched)
                .put("skipped", skipped)
                .put("writer", writer)
                .put("server", server)
                .put("noted", noted == null ? "" : noted.toString())
                .put("open", Sequences.text(open))
                .put("uncertain", Sequences.text(uncertain));
        ObjectNode marks = json.putObject("targets");
        targets.forEach((stream, mark) ->
                marks.putObject(stream).put("last", mark.last()).put("deleted", mark.deleted()));
        return json;
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Ledger of(JsonNode json) {
        Map<String, Mark> targets = new TreeMap<>();
        json.path("targets")
                .properties()
                .forEach(each -> targets.put(
                        each.getKey(),
                        new Mark(
                                each.getValue().path("last").asLong(),
                                each.getValue().path("deleted").asLong())));
        return new Ledger(
                json.path("redrive").asText(),
                json.path("uid").asText(),
                json.path("created").asText(),
                json.path("last").asLong(),
                json.path("matched").asLong(),
                json.path("skipped").asLong(),
                json.path("writer").asText(),
                json.path("server").asText(),
                json.path("noted").asText().isEmpty()
                        ? null
                        : Instant.parse(json.path("noted").asText()),
                Sequences.parse(json.path("open").asText()),
                Sequences.parse(json.path("uncertain").asText()),
                targets);
    }
}
