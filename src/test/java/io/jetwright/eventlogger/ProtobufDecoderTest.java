package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.FieldMask;
import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtobufDecoderTest {
    private static final int LIMIT = 1 << 20;
    private static final String KINDS = "all.Kinds";

    @TempDir
    private static Path directory;

    private static ProtobufTypes types;
    private static Descriptor kinds;

    @BeforeAll
    static void load() {
        types = Schemas.load(directory.resolve("all.binpb"), Schemas.all());
        kinds = Objects.requireNonNull(types.find(KINDS));
    }

    private static EventData decode(byte[] payload) throws IOException {
        return ProtobufDecoder.decode(types, KINDS, payload, LIMIT);
    }

    private static FieldDescriptor field(String name) {
        return kinds.findFieldByName(name);
    }

    /** A message with one field, which gets what another type has. */
    private static DynamicMessage of(String name, Message value) throws IOException {
        FieldDescriptor field = field(name);
        return DynamicMessage.newBuilder(kinds)
                .setField(field, DynamicMessage.parseFrom(field.getMessageType(), value.toByteString()))
                .build();
    }

    private static String json(Message message) throws IOException {
        return decode(message.toByteArray()).json();
    }

    @Test
    void anEventOfTheAuthServiceIsShownByTheJsonMapping() throws IOException {
        ProtobufTypes auth = Schemas.load(directory.resolve("auth.binpb"), Schemas.auth());

        EventData data = ProtobufDecoder.decode(
                auth, "auth.UserCreated", Schemas.userCreated(9007199254740993L, "Zoë <x>"), LIMIT);

        assertThat(data)
                .isEqualTo(new EventData(
                        "{\"metadata\":{\"eventId\":\"e-1\",\"version\":\"9223372036854775807\"},"
                                + "\"userId\":\"9007199254740993\",\"displayName\":\"Zoë <x>\"}",
                        "protobuf",
                        "auth.UserCreated",
                        List.of(),
                        null));
    }

    @Test
    void nothingIsAnEmptyMessage() throws IOException {
        assertThat(decode(new byte[0]).json()).isEqualTo("{}");
    }

    /** The reference for this mapping is protobuf's own library. */
    @Test
    void theJsonIsThatOfProtobufsOwnLibrary() throws IOException {
        var random = new Random(16);
        var registry = JsonFormat.TypeRegistry.newBuilder().add(kinds).build();
        for (int i = 0; i < 500; i++) {
            DynamicMessage message = random(random, kinds, 0);
            String expected = JsonFormat.printer().usingTypeRegistry(registry).print(message);
            assertThat(new JsonMapper().readTree(json(message)))
                    .as(expected)
                    .isEqualTo(new JsonMapper().readTree(expected));
        }
    }

    private static DynamicMessage random(Random random, Descriptor type, int depth) {
        var message = DynamicMessage.newBuilder(type);
        for (FieldDescriptor field : type.getFields()) {
            if (random.nextInt(4) > 0) {
                continue;
            }
            int count = field.isRepeated() ? random.nextInt(3) : 1;
            for (int i = 0; i < count; i++) {
                Object value = value(random, field, depth);
                if (value != null && field.isRepeated()) {
                    message.addRepeatedField(field, value);
                } else if (value != null) {
                    message.setField(field, value);
                }
            }
        }
        return message.build();
    }

    private static Object value(Random random, FieldDescriptor field, int depth) {
        return switch (field.getJavaType()) {
            case INT -> random.nextInt() >> random.nextInt(32);
            case LONG -> random.nextLong() >> random.nextInt(64);
            case FLOAT -> random.nextInt(9) == 0 ? Float.NEGATIVE_INFINITY : (float) random.nextGaussian();
            case DOUBLE -> random.nextInt(9) == 0 ? Double.NaN : random.nextGaussian() * 1e20;
            case BOOLEAN -> random.nextBoolean();
            case STRING -> random.nextBoolean() ? "" : "\"\\\n<ü" + (char) ('a' + random.nextInt(3));
            case BYTE_STRING -> ByteString.copyFrom(new byte[] {(byte) random.nextInt()});
            case ENUM -> field.getEnumType().findValueByNumberCreatingIfUnknown(random.nextInt(4));
            case MESSAGE -> message(random, field.getMessageType(), depth);
        };
    }

    private static Message message(Random random, Descriptor type, int depth) {
        Message known =
                switch (type.getFullName()) {
                    case "google.protobuf.Timestamp" ->
                        Timestamp.newBuilder()
                                .setSeconds(random.nextLong(-62135596800L, 253402300800L))
                                .setNanos(random.nextInt(1_000) * (random.nextBoolean() ? 1 : 1_000))
                                .build();
                    case "google.protobuf.Duration" -> duration(random);
                    case "google.protobuf.FieldMask" ->
                        FieldMask.newBuilder().addPaths("a.b_c").addPaths("d").build();
                    case "google.protobuf.Value" -> value(random, 0);
                    case "google.protobuf.ListValue" ->
                        ListValue.newBuilder().addValues(value(random, 0)).build();
                    case "google.protobuf.Struct" ->
                        Struct.newBuilder().putFields("k", value(random, 0)).build();
                    case "google.protobuf.Any" ->
                        random.nextBoolean()
                                ? Any.pack(duration(random))
                                : Any.newBuilder()
                                        .setTypeUrl("type.googleapis.com/" + KINDS)
                                        .setValue(random(random, kinds, 3).toByteString())
                                        .build();
                    default -> null;
                };
        if (known == null) {
            return depth > 2 && type == kinds
                    ? DynamicMessage.getDefaultInstance(type)
                    : random(random, type, depth + 1);
        }
        try {
            return DynamicMessage.parseFrom(type, known.toByteString());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Duration duration(Random random) {
        int sign = random.nextBoolean() ? 1 : -1;
        return Duration.newBuilder()
                .setSeconds(sign * random.nextLong(3))
                .setNanos(sign * random.nextInt(1_000) * (random.nextBoolean() ? 1 : 1_000_000))
                .build();
    }

    private static Value value(Random random, int depth) {
        return switch (random.nextInt(depth > 3 ? 4 : 6)) {
            case 0 -> Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();
            case 1 -> Value.newBuilder().setNumberValue(random.nextInt()).build();
            case 2 -> Value.newBuilder().setStringValue("s").build();
            case 3 -> Value.newBuilder().setBoolValue(true).build();
            case 4 ->
                Value.newBuilder()
                        .setListValue(ListValue.newBuilder().addValues(value(random, depth + 1)))
                        .build();
            default ->
                Value.newBuilder()
                        .setStructValue(Struct.newBuilder().putFields("m", value(random, depth + 1)))
                        .build();
        };
    }

    @Test
    void whatTheMappingRefusesIsShownAsItIs() throws IOException {
        assertThat(json(of(
                        "known_timestamp",
                        Timestamp.newBuilder().setSeconds(Long.MAX_VALUE).build())))
                .isEqualTo("{\"knownTimestamp\":{\"seconds\":\"9223372036854775807\"}}");
        assertThat(json(of(
                        "known_duration",
                        Duration.newBuilder().setSeconds(1).setNanos(-1).build())))
                .isEqualTo("{\"knownDuration\":{\"seconds\":\"1\",\"nanos\":-1}}");
        assertThat(json(of(
                        "known_fieldmask", FieldMask.newBuilder().addPaths("aB").build())))
                .isEqualTo("{\"knownFieldmask\":{\"paths\":[\"aB\"]}}");
        assertThat(json(of("known_value", Value.getDefaultInstance()))).isEqualTo("{\"knownValue\":null}");
        assertThat(json(of(
                        "known_any",
                        Any.newBuilder()
                                .setTypeUrl("example.com/gone.Type")
                                .setValue(ByteString.copyFrom(new byte[] {1}))
                                .build())))
                .isEqualTo("{\"knownAny\":{\"@type\":\"example.com/gone.Type\",\"value\":\"AQ==\"}}");
        assertThat(json(of(
                        "known_any",
                        Any.newBuilder()
                                .setTypeUrl("/" + KINDS)
                                .setValue(ByteString.copyFrom(new byte[] {1}))
                                .build())))
                .isEqualTo("{\"knownAny\":{\"@type\":\"/all.Kinds\",\"value\":\"AQ==\"}}");
    }

    @Test
    void fieldsThatTheTypeDoesNotHaveAreNamed() throws IOException {
        DynamicMessage inner = DynamicMessage.newBuilder(kinds)
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                900,
                                UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                        .build())
                .build();
        assertThat(decode(DynamicMessage.newBuilder(inner)
                        .setField(field("self"), inner)
                        .build()
                        .toByteArray()))
                .isEqualTo(new EventData("{\"self\":{}}", "protobuf", KINDS, List.of("900", "self.900"), null));
    }

    /** Field 52 is a message of the same type. */
    private static byte[] nested(int levels) {
        ByteString message = ByteString.EMPTY;
        for (int i = 0; i < levels; i++) {
            message = DynamicMessage.newBuilder(kinds)
                    .setUnknownFields(UnknownFieldSet.newBuilder()
                            .addField(
                                    52,
                                    UnknownFieldSet.Field.newBuilder()
                                            .addLengthDelimited(message)
                                            .build())
                            .build())
                    .build()
                    .toByteString();
        }
        return message.toByteArray();
    }

    @Test
    void itIsNestedAsDeepAsTheLimitAndNoDeeper() throws IOException {
        assertThat(decode(nested(100)).json()).isEqualTo("{\"self\":".repeat(100) + "{}" + "}".repeat(100));
        assertThatExceptionOfType(DecodingException.class)
                .isThrownBy(() -> decode(nested(101)))
                .withMessage("it is nested deeper than 100 levels");
    }

    @Test
    void messagesInAnyCountAsNested() throws IOException {
        Any any = Any.getDefaultInstance();
        for (int i = 0; i < 200; i++) {
            any = Any.newBuilder()
                    .setTypeUrl("/google.protobuf.Any")
                    .setValue(any.toByteString())
                    .build();
        }
        DynamicMessage message = of("known_any", any);
        assertThatExceptionOfType(DecodingException.class)
                .isThrownBy(() -> json(message))
                .withMessage("it is nested deeper than 100 levels");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0a | it is no all.Kinds: While parsing a protocol message, the input ended unexpectedly",
                "00 | it is no all.Kinds: Protocol message contained an invalid tag (zero).",
                "0f | it is no all.Kinds: Protocol message tag had invalid wire type.",
                // a group that does not end, and an end without a beginning
                "f33e | it is no all.Kinds: ",
                "f43e | it is no all.Kinds: Protocol message end-group tag did not match expected tag.",
                // a length that is negative, and one that is longer than all
                "a203ffffffffffffffffff01 | it is no all.Kinds: ",
                "a203ffffffff07 | it is no all.Kinds: "
            })
    void whatIsBrokenIsRefused(String payload, String reason) {
        assertThatExceptionOfType(DecodingException.class)
                .isThrownBy(() -> decode(HexFormat.of().parseHex(payload)))
                .withMessageStartingWith(reason);
    }

    @Test
    void aTextThatIsNoUtf8IsRefused() throws IOException {
        int number = field("one_string").getNumber();
        var payload = new byte[] {(byte) (number << 3 | 2), 1, (byte) 0xff};
        assertThatExceptionOfType(DecodingException.class)
                .isThrownBy(() -> decode(payload))
                .withMessageContaining("UTF-8");
    }

    @Test
    void aMessageThatTheTypesDoNotHaveIsRefused() {
        assertThatExceptionOfType(DecodingException.class)
                .isThrownBy(() -> ProtobufDecoder.decode(types, "all.Gone", new byte[0], LIMIT))
                .withMessage("the descriptors have no message all.Gone");
    }

    /** An empty message is three bytes, and sixty as an object; one with a number six bytes, and 212. */
    @Test
    void whatWouldTakeTooMuchMemoryIsRefusedBeforeItDoes() throws IOException {
        var selves = new byte[3 * LIMIT];
        for (int i = 0; i < selves.length; i += 3) {
            selves[i] = (byte) 0xaa; // field 53, of bytes
            selves[i + 1] = 3;
        }
        assertThatExceptionOfType(DecodingException.class)
                .isThrownBy(() -> decode(selves))
                .withMessage("its parts would take more than 4194304 bytes of memory");
        byte[] some = Arrays.copyOf(selves, 3 * 16_000);
        assertThat(decode(some).json()).hasSize("{\"selves\":[]}".length() + 16_000 * 3 - 1);

        var unknown = new byte[LIMIT];
        for (int i = 0; i < unknown.length; i += 2) {
            unknown[i] = 0x78; // field 15, a number
        }
        assertThatExceptionOfType(DecodingException.class)
                .isThrownBy(() -> ProtobufDecoder.decode(
                        Schemas.load(directory.resolve("auth.binpb"), Schemas.auth()),
                        "auth.UserCreated",
                        unknown,
                        LIMIT))
                .withMessageStartingWith("its parts would take more than");
    }

    @Test
    void whatBecomesTooLargeIsRefused() {
        // each byte becomes six, since control characters are escaped
        DynamicMessage message = DynamicMessage.newBuilder(kinds)
                .setField(field("one_string"), "\u0001".repeat(LIMIT / 5))
                .build();
        assertThatExceptionOfType(DecodingException.class)
                .isThrownBy(() -> decode(message.toByteArray()))
                .withMessage("it becomes more than 1048576 bytes of JSON");
    }

    @Test
    void anyBytesBecomeValidJsonOrAreRefused() throws IOException {
        var random = new Random(16);
        int decoded = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] payload = random(random, kinds, 2).toByteArray();
            for (int change = random.nextInt(4); change > 0 && payload.length > 0; change--) {
                payload[random.nextInt(payload.length)] = (byte) random.nextInt();
            }
            try {
                new JsonMapper().readTree(decode(payload).json());
                decoded++;
            } catch (DecodingException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
        assertThat(decoded).isGreaterThan(500);
    }
}
