package io.jetwright.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jetwright.api.Times;
import io.jetwright.plan.Part.Fate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A three-way merge of what a spec asks for, what JetStream has, and what the spec asked for before: what the spec sets is set,
 * what it no longer sets goes back to the server's default, and everything else stays as it is, whoever has set it.
 */
final class Merge<S> {
    private static final String NAME = "name";
    private static final String DURABLE_NAME = "durable_name";

    private final List<Field<S>> fields;
    private final Settings desired;
    private final Settings live;
    private final ServerVersion server;
    private final Instant now;
    private final boolean resets;
    private final Marks asked;
    private final Marks had;
    private final boolean becomesDurable;
    private final Settings target;
    private final Set<String> excluded;
    private final List<Part> parts;
    private final List<Part> keys;

    /**
     * Merges.
     *
     * @param live what JetStream has
     * @param now decides whether a pause is over
     * @param resets whether what the spec omits goes back to the server's default even if it never set it
     */
    Merge(List<Field<S>> fields, Settings desired, Settings live, ServerVersion server, Instant now, boolean resets) {
        this.fields = fields;
        this.desired = desired;
        this.live = live;
        this.server = server;
        this.now = now;
        this.resets = resets;
        this.asked = Marks.of(desired);
        this.had = Owner.of(desired).equals(Owner.of(live)) ? Marks.of(live) : Marks.NONE;
        this.becomesDurable = desired.has(DURABLE_NAME) && !live.has(DURABLE_NAME);
        this.target = target();
        this.excluded = Exclusions.of(target, live);
        this.parts = parts();
        this.keys = Metadata.merged(desired, live, had, resets);
    }

    /** What it takes to make JetStream agree. */
    Change change() {
        List<Difference> immutable = differences(Fate.IMMUTABLE);
        List<Difference> updated = differences(Fate.UPDATED);
        List<Difference> paused = differences(Fate.PAUSED);
        List<Difference> all =
                Stream.of(immutable, updated, paused).flatMap(List::stream).toList();
        if (!immutable.isEmpty()) {
            return new Change.Immutable(desired, all);
        }
        boolean config = !updated.isEmpty() || !Metadata.marks(desired).equals(Metadata.marks(live));
        return config || !paused.isEmpty()
                ? new Change.Update(update(), all, config, !paused.isEmpty(), becomesDurable)
                : new Change.None();
    }

    /** What JetStream has that the spec omits, that is not the server's default, and that a change keeps. */
    List<Difference> unmanaged() {
        return differences(Fate.UNMANAGED);
    }

    private List<Difference> differences(Fate fate) {
        return Stream.concat(parts.stream(), keys.stream())
                .filter(part -> part.fate() == fate)
                .flatMap(part -> Stream.ofNullable(part.difference()))
                .toList();
    }

    /** The configuration to send: these parts, and the fields of newer servers, which no row knows, as they are. */
    private Settings update() {
        Map<String, JsonNode> values = new LinkedHashMap<>(live.fields());
        parts.forEach(part -> {
            values.remove(part.wireName());
            if (part.sent() != null) {
                values.put(part.wireName(), part.sent());
            }
        });
        values.put(Metadata.WIRE_NAME, Metadata.sent(keys, marks()));
        return new Settings(values);
    }

    /** The marks to send. What the next update is to take back has to be among them. */
    private Map<String, JsonNode> marks() {
        Map<String, JsonNode> marks = Metadata.marks(desired);
        if (becomesDurable) {
            List<String> kept = fields.stream()
                    .filter(Merge::isInactiveThreshold)
                    .map(Field::name)
                    .toList();
            marks.put(Mapping.FIELDS_KEY, TextNode.valueOf(asked.with(kept).toString()));
        }
        return marks;
    }

    /** The configuration that is to be, as far as it does not depend on the server. */
    private Settings target() {
        Map<String, JsonNode> values = new LinkedHashMap<>(live.fields());
        for (Field<S> field : fields) {
            if (!isSetBySealing(field) && (asked.hasField(field.name()) || isTakenBack(field))) {
                values.remove(field.wireName());
                JsonNode value = desired.get(field.wireName());
                if (value != null) {
                    values.put(field.wireName(), value);
                }
            }
        }
        return new Settings(values);
    }

    private boolean isSetBySealing(Field<S> field) {
        return live.has(StreamFields.SEALED) && StreamFields.SET_BY_SEALING.contains(field.wireName());
    }

    /** Whether the field goes back to the server's default if the spec omits it. */
    private boolean isTakenBack(Field<S> field) {
        boolean isReset = resets && !field.byDefault().isLimited();
        boolean isOfEphemeral = becomesDurable && isInactiveThreshold(field);
        return (had.hasField(field.name()) || isReset || isOfEphemeral) && field.updates() != Updates.STAYS_ON;
    }

    private static boolean isInactiveThreshold(Field<?> field) {
        return field.wireName().equals(ConsumerFields.INACTIVE_THRESHOLD);
    }

    private List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        parts.add(Part.agreeing(NAME, desired.get(NAME)));
        if (becomesDurable) {
            parts.add(Part.changing(
                    "durableName", DURABLE_NAME, live.get(DURABLE_NAME), desired.get(DURABLE_NAME), Fate.UPDATED));
        }
        for (Field<S> field : fields) {
            JsonNode from = live.get(field.wireName());
            Part part = part(field, from, desired.get(field.wireName()));
            parts.add(becomesDurable && isInactiveThreshold(field) ? part.sending(from) : part);
        }
        return parts;
    }

    private Part part(Field<S> field, @Nullable JsonNode from, @Nullable JsonNode to) {
        String wireName = field.wireName();
        boolean isAsked = asked.hasField(field.name());
        if (isSetBySealing(field)) {
            return isAsked && !field.same(to, from)
                    ? Part.changing(field, from, to, Fate.UNMANAGED).sending(from)
                    : Part.agreeing(wireName, from);
        }
        if (field.byDefault().decides().test(target)) {
            return Part.agreeing(wireName, isAsked ? to : from);
        }
        if (isAsked) {
            return compared(field, from, to == null ? null : field.asStored().apply(to, target));
        }
        if (field.countsWhenOmitted()) {
            return compared(field, from, null);
        }
        if (isTakenBack(field)) {
            return takenBack(field, from, to);
        }
        if (isOutdated(field, from)) {
            return Part.agreeing(wireName, null);
        }
        return excluded.contains(wireName) ? takenBack(field, from, to) : kept(field, from, to);
    }

    /** Where both mean the same the live value is sent, since servers compare some fields byte by byte. */
    private Part compared(Field<S> field, @Nullable JsonNode from, @Nullable JsonNode to) {
        return field.same(to, from)
                ? Part.agreeing(field.wireName(), from == null ? to : from)
                : changing(field, from, to);
    }

    /** Whether the server derived the value from fields that are to change, and is to derive it anew. */
    private boolean isOutdated(Field<S> field, @Nullable JsonNode from) {
        ServerDefault byDefault = field.byDefault();
        return byDefault.isDerived()
                && field.same(byDefault.value(live, server), from)
                && !field.same(byDefault.value(target, server), from);
    }

    private Part takenBack(Field<S> field, @Nullable JsonNode from, @Nullable JsonNode initial) {
        JsonNode to = initial == null ? field.byDefault().value(target, server) : initial;
        return field.same(to, from) ? kept(field, from, initial) : changing(field, from, initial);
    }

    /** A default that limits can lower is left to the server: they may have been lowered since. */
    private Part kept(Field<S> field, @Nullable JsonNode from, @Nullable JsonNode initial) {
        ServerDefault byDefault = field.byDefault();
        if (field.same(byDefault.value(live, server), from)) {
            return Part.agreeing(field.wireName(), byDefault.isLimited() ? null : from);
        }
        boolean isNothing = isPause(field) && isOver(from);
        return isNothing || (initial != null && field.same(initial, from))
                ? Part.agreeing(field.wireName(), from)
                : Part.changing(field, from, initial, Fate.UNMANAGED).sending(from);
    }

    private Part changing(Field<S> field, @Nullable JsonNode from, @Nullable JsonNode to) {
        if (isPause(field)) {
            return isOver(from) && isOver(to)
                    ? Part.agreeing(field.wireName(), to)
                    : Part.changing(field, from, to, Fate.PAUSED);
        }
        boolean isAllowed = field.updates().allowed(from, to, server);
        return Part.changing(field, from, to, isAllowed ? Fate.UPDATED : Fate.IMMUTABLE);
    }

    private static boolean isPause(Field<?> field) {
        return field.wireName().equals(ConsumerFields.PAUSE_UNTIL);
    }

    private boolean isOver(@Nullable JsonNode time) {
        return time == null || time.isNull() || !Times.parse(time.asText()).isAfter(now);
    }
}
