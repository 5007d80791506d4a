package io.jetwright.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jetwright.api.ByteSize;
import io.jetwright.api.DiscardPolicy;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In place of a spec there is one text, which is the field's value; the empty one stands for a spec that omits it. */
class FieldTest {
    private static final Field<String> PLAIN = field("text");

    private static Field<String> field(String factory) {
        return switch (factory) {
            case "json" -> Field.json("f", "f", spec -> given(spec, Specs::json));
            case "named" -> Field.named("f", "f", (spec, asset) -> TextNode.valueOf(asset.name() + "/" + spec));
            case "always" -> Field.always("f", "f", IntNode.valueOf(1));
            case "text" -> Field.text("f", "f", spec -> given(spec, text -> text));
            case "choice" -> Field.choice("f", "f", spec -> given(spec, DiscardPolicy::valueOf));
            case "flag" -> Field.flag("f", "f", spec -> given(spec, Boolean::valueOf));
            case "number" -> Field.number("f", "f", spec -> given(spec, Long::valueOf));
            case "limit" -> Field.limit("f", "f", spec -> given(spec, Long::valueOf));
            case "size" -> Field.size("f", "f", spec -> given(spec, ByteSize::new));
            case "duration" -> Field.duration("f", "f", spec -> given(spec, text -> text));
            case "time" -> Field.time("f", "f", spec -> given(spec, text -> text));
            case "texts" -> Field.texts("f", "f", spec -> given(spec, text -> List.of(text.split(","))));
            default -> throw new IllegalArgumentException(factory);
        };
    }

    private static <T> @Nullable T given(String spec, Function<String, T> reading) {
        return spec.isEmpty() ? null : reading.apply(spec);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            json     | {"a": 1}                  | {"a":1}
            json     | ``                        | null
            named    | a                         | "ORDERS/a"
            named    | ``                        | "ORDERS/"
            always   | a                         | 1
            always   | ``                        | 1
            text     | a                         | "a"
            text     | ``                        | null
            choice   | NEW                       | "new"
            choice   | ``                        | null
            flag     | false                     | false
            flag     | ``                        | null
            number   | 10000000000               | 10000000000
            number   | ``                        | null
            limit    | -1                        | -1
            limit    | ``                        | null
            size     | 1Ki                       | 1024
            size     | ``                        | null
            duration | 1h30m                     | 5400000000000
            duration | ``                        | null
            time     | 2026-01-31T12:00:00+02:00 | "2026-01-31T10:00:00Z"
            time     | ``                        | null
            texts    | a,b                       | ["a","b"]
            texts    | ``                        | null
            """)
    void whatASpecSaysIsThisInJetStream(String factory, String spec, String expected) {
        assertThat(Objects.toString(field(factory).value().apply(spec, Specs.ORDERS)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"size, lots", "duration, soon", "time, noon"})
    void whatCannotBeReadIsRefused(String factory, String spec) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> field(factory).value().apply(spec, Specs.ORDERS))
                .withMessageStartingWith("'" + spec + "' is not a ");
    }

    @Test
    void theTypeSaysHowValuesAreComparedAndShown() {
        Field<String> duration = PLAIN.as(FieldType.DURATION);
        assertThat(duration.same(IntNode.valueOf(0), null)).isTrue();
        assertThat(duration.show(IntNode.valueOf(5))).isEqualTo("5ns");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``        | 2.10.0  |
            new       | 2.10.29 | 2.11.0
            new       | 2.11.0  |
            newer     | 2.10.29 | 2.11.0
            newer     | 2.11.9  | 2.12.0
            newer     | 2.12.0  |
            """)
    void theVersionThatAnOlderServerLacksIsNamedWhereTheFieldIsUsed(String spec, String server, String missing) {
        Field<String> field = PLAIN.since("2.11.0").since("2.12.0", each -> each.equals("newer"));
        assertThat(field.missing(spec, Specs.ORDERS, ServerVersion.parse(server)))
                .isEqualTo(Optional.ofNullable(missing));
    }

    @Test
    void aFlagThatIsFalseNeedsNoNewerServer() {
        Field<String> field = field("flag").since("2.11.0");
        assertThat(field.missing("false", Specs.ORDERS, ServerVersion.parse("2.10.0")))
                .isEmpty();
        assertThat(field.missing("true", Specs.ORDERS, ServerVersion.parse("2.10.0")))
                .contains("2.11.0");
    }

    @Test
    void whatASpecNeverSetsIsOnlyComparedAndUpdatedAsTheFieldOfAnotherKind() {
        Field<String> field = field("limit")
                .updates(Updates.NONE)
                .byDefault(ServerDefault.MAX_WAITING)
                .since("2.11.0")
                .initially(spec -> IntNode.valueOf(1));
        Field<Object> unset = field.unset();
        assertThat(unset.name()).isEqualTo(field.name());
        assertThat(unset.wireName()).isEqualTo(field.wireName());
        assertThat(unset.type()).isEqualTo(FieldType.LIMIT);
        assertThat(unset.updates()).isEqualTo(Updates.NONE);
        assertThat(unset.requirements()).isEmpty();
        assertThat(unset.initial().apply("5")).isNull();
        assertThat(unset.byDefault()).isEqualTo(ServerDefault.MAX_WAITING);
        assertThat(unset.asStored()).isSameAs(field.asStored());
        assertThat(unset.value().apply("5", Specs.ORDERS)).isNull();
    }

    @Test
    void onlyAnOmittedDeliverSubjectSaysSomething() {
        assertThat(PLAIN.updates(Updates.DELIVER_SUBJECT).countsWhenOmitted()).isTrue();
        assertThat(PLAIN.updates(Updates.NONE).countsWhenOmitted()).isFalse();
        assertThat(PLAIN.countsWhenOmitted()).isFalse();
    }
}
