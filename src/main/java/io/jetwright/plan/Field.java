package io.jetwright.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jetwright.api.ByteSize;
import io.jetwright.api.Durations;
import io.jetwright.api.Times;
import io.jetwright.api.WireName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One field of a spec: what it becomes in JetStream's JSON, how it is compared, which servers know it, and which
 * updates of it they take.
 *
 * @param name as the spec names it
 * @param wireName as JetStream's JSON names it
 * @param value of a spec for an object of this name; null where the spec omits it
 * @param initial what a new object has where the spec omits the field; null for the server's default
 * @param byDefault what a server makes of the field where a configuration omits it
 * @param asStored what a server makes of a value beside the other fields of a configuration
 */
record Field<S>(
        String name,
        String wireName,
        BiFunction<S, AssetName, @Nullable JsonNode> value,
        FieldType type,
        Updates updates,
        List<Requirement<S>> requirements,
        Function<S, @Nullable JsonNode> initial,
        ServerDefault byDefault,
        BiFunction<JsonNode, Settings, JsonNode> asStored) {

    /**
     * The version of the server that is needed for a spec that meets a condition.
     *
     * @param isIntroduction whether older servers do not know the field at all
     */
    record Requirement<S>(BiPredicate<S, AssetName> when, String version, boolean isIntroduction) {}

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    static <S> Field<S> json(String name, String wireName, Function<S, @Nullable JsonNode> value) {
        return named(name, wireName, (spec, asset) -> value.apply(spec));
    }

    /** A field whose value depends on the object's name, too. */
    static <S> Field<S> named(String name, String wireName, BiFunction<S, AssetName, @Nullable JsonNode> value) {
        return new Field<>(
                name,
                wireName,
                value,
                FieldType.PLAIN,
                Updates.ANY,
                List.of(),
                spec -> null,
                ServerDefault.NOTHING,
                (given, others) -> given);
    }

    /** A field that has the same value whatever the spec says. */
    static <S> Field<S> always(String name, String wireName, JsonNode value) {
        return json(name, wireName, spec -> value);
    }

    static <S> Field<S> text(String name, String wireName, Function<S, @Nullable String> value) {
        return json(name, wireName, spec -> map(value.apply(spec), JSON::textNode));
    }

    static <S> Field<S> choice(String name, String wireName, Function<S, ? extends @Nullable WireName> value) {
        return json(name, wireName, (S spec) -> {
                    WireName choice = value.apply(spec);
                    return choice == null ? null : JSON.textNode(choice.wireName());
                })
                .as(FieldType.CHOICE);
    }

    static <S> Field<S> flag(String name, String wireName, Function<S, @Nullable Boolean> value) {
        return json(name, wireName, spec -> map(value.apply(spec), JSON::booleanNode));
    }

    static <S> Field<S> number(String name, String wireName, Function<S, ? extends @Nullable Number> value) {
        return json(name, wireName, spec -> {
            Number number = value.apply(spec);
            return number == null ? null : JSON.numberNode(number.longValue());
        });
    }

    static <S> Field<S> limit(String name, String wireName, Function<S, ? extends @Nullable Number> value) {
        return number(name, wireName, value).as(FieldType.LIMIT);
    }

    static <S> Field<S> size(String name, String wireName, Function<S, @Nullable ByteSize> value) {
        return json(name, wireName, (S spec) -> map(value.apply(spec), size -> JSON.numberNode(size.bytes())))
                .as(FieldType.LIMIT);
    }

    static <S> Field<S> duration(String name, String wireName, Function<S, @Nullable String> value) {
        return json(name, wireName, (S spec) -> map(value.apply(spec), Field::nanoseconds))
                .as(FieldType.DURATION);
    }

    static <S> Field<S> time(String name, String wireName, Function<S, @Nullable String> value) {
        return json(name, wireName, spec -> map(value.apply(spec), Field::time));
    }

    static <S> Field<S> texts(String name, String wireName, Function<S, @Nullable List<String>> value) {
        return json(name, wireName, spec -> {
            List<String> texts = value.apply(spec);
            return texts == null ? null : array(texts, JSON::textNode);
        });
    }

    static <T> JsonNode array(List<T> items, Function<T, JsonNode> item) {
        var array = JSON.arrayNode();
        items.forEach(each -> array.add(item.apply(each)));
        return array;
    }

    static JsonNode nanoseconds(String duration) {
        return JSON.numberNode(Durations.parse(duration).toNanos());
    }

    static JsonNode time(String time) {
        return JSON.textNode(Times.parse(time).toString());
    }

    private static <T> @Nullable JsonNode map(@Nullable T value, Function<T, JsonNode> mapping) {
        return value == null ? null : mapping.apply(value);
    }

    Field<S> as(FieldType type) {
        return new Field<>(name, wireName, value, type, updates, requirements, initial, byDefault, asStored);
    }

    Field<S> updates(Updates updates) {
        return new Field<>(name, wireName, value, type, updates, requirements, initial, byDefault, asStored);
    }

    /** New objects have this value where the spec omits the field; existing ones keep theirs. */
    Field<S> initially(Function<S, @Nullable JsonNode> initial) {
        return new Field<>(name, wireName, value, type, updates, requirements, initial, byDefault, asStored);
    }

    Field<S> byDefault(ServerDefault byDefault) {
        return new Field<>(name, wireName, value, type, updates, requirements, initial, byDefault, asStored);
    }

    Field<S> asStored(BiFunction<JsonNode, Settings, JsonNode> asStored) {
        return new Field<>(name, wireName, value, type, updates, requirements, initial, byDefault, asStored);
    }

    /** The same field for a kind whose specs never set it. */
    <T> Field<T> unset() {
        return Field.<T>json(name, wireName, spec -> null)
                .as(type)
                .updates(updates)
                .byDefault(byDefault)
                .asStored(asStored);
    }

    /** The field needs a server of this version, wherever it is used. */
    Field<S> since(String version) {
        return since(version, (spec, asset) -> !Values.isZero(value.apply(spec, asset)), true);
    }

    /** The field needs a server of this version for a spec that meets a condition. */
    Field<S> since(String version, Predicate<S> when) {
        return since(version, (spec, asset) -> when.test(spec), false);
    }

    private Field<S> since(String version, BiPredicate<S, AssetName> when, boolean isIntroduction) {
        var more = new ArrayList<>(requirements);
        more.add(new Requirement<>(when, version, isIntroduction));
        return new Field<>(name, wireName, value, type, updates, List.copyOf(more), initial, byDefault, asStored);
    }

    /** The version that the spec's use of this field needs; empty if the server is new enough. */
    Optional<String> missing(S spec, AssetName asset, ServerVersion server) {
        return requirements.stream()
                .filter(requirement -> !server.atLeast(requirement.version())
                        && requirement.when().test(spec, asset))
                .map(Requirement::version)
                .findFirst();
    }

    /** Whether the server knows the field; one that does not may refuse even its zero. */
    boolean isKnownTo(ServerVersion server) {
        return requirements.stream()
                .filter(Requirement::isIntroduction)
                .allMatch(requirement -> server.atLeast(requirement.version()));
    }

    /** Whether an omitted value is compared, too: a consumer without a deliver subject is a pull consumer. */
    boolean countsWhenOmitted() {
        return updates == Updates.DELIVER_SUBJECT;
    }

    boolean same(@Nullable JsonNode desired, @Nullable JsonNode actual) {
        return type.same(desired, actual);
    }

    /** The value as people read it. */
    String show(@Nullable JsonNode value) {
        return type.show(value);
    }
}
