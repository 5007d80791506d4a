package io.jetwright.eventlogger;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Descriptor sets, as protoc would make them. */
public final class Schemas {
    private static final String[] WELL_KNOWN = {
        "any", "duration", "empty", "field_mask", "struct", "timestamp", "wrappers"
    };

    private Schemas() {}

    /** The ConfigMap {@code event-types}, which has {@link #auth} as {@code auth.binpb}. */
    public static ConfigMap configMap(String namespace) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("event-types")
                .withNamespace(namespace)
                .endMetadata()
                .addToBinaryData("auth.binpb", Base64.getEncoder().encodeToString(auth().toByteArray()))
                .build();
    }

    /** Events of users and sessions, with a file that they import. */
    public static FileDescriptorSet auth() {
        return FileDescriptorSet.newBuilder()
                .addFile(FileDescriptorProto.newBuilder()
                        .setName("common/types.proto")
                        .setPackage("common")
                        .setSyntax("proto3")
                        .addMessageType(message(
                                "Timestamp",
                                field("seconds", 1, FieldDescriptorProto.Type.TYPE_INT64),
                                field("nanos", 2, FieldDescriptorProto.Type.TYPE_INT32)))
                        .addMessageType(message(
                                "EventMetadata",
                                field("event_id", 1, FieldDescriptorProto.Type.TYPE_STRING),
                                field("entity_id", 2, FieldDescriptorProto.Type.TYPE_STRING),
                                field("timestamp", 3, ".common.Timestamp"),
                                field("source", 4, FieldDescriptorProto.Type.TYPE_STRING),
                                field("version", 5, FieldDescriptorProto.Type.TYPE_INT64))))
                .addFile(FileDescriptorProto.newBuilder()
                        .setName("auth/events.proto")
                        .setPackage("auth")
                        .setSyntax("proto3")
                        .addDependency("common/types.proto")
                        .addMessageType(message(
                                "UserCreated",
                                field("metadata", 1, ".common.EventMetadata"),
                                field("user_id", 2, FieldDescriptorProto.Type.TYPE_INT64),
                                field("username", 3, FieldDescriptorProto.Type.TYPE_STRING),
                                field("display_name", 4, FieldDescriptorProto.Type.TYPE_STRING),
                                field("public_id", 5, FieldDescriptorProto.Type.TYPE_STRING)))
                        .addMessageType(message(
                                "UserDeleted",
                                field("metadata", 1, ".common.EventMetadata"),
                                field("user_id", 2, FieldDescriptorProto.Type.TYPE_INT64),
                                field("username", 3, FieldDescriptorProto.Type.TYPE_STRING)))
                        .addMessageType(message(
                                "SessionCreated",
                                field("metadata", 1, ".common.EventMetadata"),
                                field("session_id", 2, FieldDescriptorProto.Type.TYPE_STRING),
                                field("user_id", 3, FieldDescriptorProto.Type.TYPE_INT64),
                                field("expires_at", 4, ".common.Timestamp"))))
                .build();
    }

    /** One message, {@code all.Kinds}, with a field of each type, alone, repeated and in a map, and itself. */
    public static FileDescriptorSet all() {
        DescriptorProto.Builder kinds = DescriptorProto.newBuilder().setName("Kinds");
        int number = 1;
        for (FieldDescriptorProto.Type type : FieldDescriptorProto.Type.values()) {
            if (type == FieldDescriptorProto.Type.TYPE_GROUP
                    || type == FieldDescriptorProto.Type.TYPE_MESSAGE
                    || type == FieldDescriptorProto.Type.TYPE_ENUM) {
                continue;
            }
            String name = type.name().toLowerCase(Locale.ROOT).substring("TYPE_".length());
            kinds.addField(field("one_" + name, number, type));
            kinds.addField(field("many_" + name, number + 20, type).toBuilder()
                    .setLabel(FieldDescriptorProto.Label.LABEL_REPEATED));
            number++;
        }
        kinds.addField(field("one_enum", 50, ".all.Color").toBuilder().setType(FieldDescriptorProto.Type.TYPE_ENUM));
        kinds.addField(field("many_enum", 51, ".all.Color").toBuilder()
                .setType(FieldDescriptorProto.Type.TYPE_ENUM)
                .setLabel(FieldDescriptorProto.Label.LABEL_REPEATED));
        kinds.addField(field("self", 52, ".all.Kinds"));
        kinds.addField(
                field("selves", 53, ".all.Kinds").toBuilder().setLabel(FieldDescriptorProto.Label.LABEL_REPEATED));
        map(kinds, "by_name", 54, FieldDescriptorProto.Type.TYPE_STRING, FieldDescriptorProto.Type.TYPE_INT64);
        map(kinds, "by_number", 55, FieldDescriptorProto.Type.TYPE_UINT64, FieldDescriptorProto.Type.TYPE_BYTES);
        map(kinds, "by_flag", 56, FieldDescriptorProto.Type.TYPE_BOOL, FieldDescriptorProto.Type.TYPE_DOUBLE);
        kinds.addOneofDecl(OneofDescriptorProto.newBuilder().setName("choice"));
        kinds.addField(field("left", 57, FieldDescriptorProto.Type.TYPE_STRING).toBuilder()
                .setOneofIndex(0));
        kinds.addField(field("right", 58, FieldDescriptorProto.Type.TYPE_INT32).toBuilder()
                .setOneofIndex(0));
        number = 60;
        for (String known : new String[] {
            "Any",
            "Duration",
            "Empty",
            "FieldMask",
            "Struct",
            "Value",
            "ListValue",
            "Timestamp",
            "BoolValue",
            "Int32Value",
            "Int64Value",
            "UInt32Value",
            "UInt64Value",
            "FloatValue",
            "DoubleValue",
            "StringValue",
            "BytesValue"
        }) {
            kinds.addField(field("known_" + known.toLowerCase(Locale.ROOT), number++, ".google.protobuf." + known));
        }
        FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder()
                .setName("all.proto")
                .setPackage("all")
                .setSyntax("proto3")
                .addEnumType(EnumDescriptorProto.newBuilder()
                        .setName("Color")
                        .addValue(EnumValueDescriptorProto.newBuilder()
                                .setName("RED")
                                .setNumber(0))
                        .addValue(EnumValueDescriptorProto.newBuilder()
                                .setName("GREEN")
                                .setNumber(1)))
                .addMessageType(kinds);
        for (String known : WELL_KNOWN) {
            file.addDependency("google/protobuf/" + known + ".proto");
        }
        return FileDescriptorSet.newBuilder().addFile(file).build();
    }

    private static void map(
            DescriptorProto.Builder message,
            String name,
            int number,
            FieldDescriptorProto.Type key,
            FieldDescriptorProto.Type value) {
        String entry = "Entry" + number;
        message.addNestedType(message("x", field("key", 1, key), field("value", 2, value)).toBuilder()
                .setName(entry)
                .setOptions(MessageOptions.newBuilder().setMapEntry(true)));
        message.addField(field(name, number, ".all.Kinds." + entry).toBuilder()
                .setLabel(FieldDescriptorProto.Label.LABEL_REPEATED));
    }

    static DescriptorProto message(String name, FieldDescriptorProto... fields) {
        return DescriptorProto.newBuilder()
                .setName(name)
                .addAllField(List.of(fields))
                .build();
    }

    static FieldDescriptorProto field(String name, int number, FieldDescriptorProto.Type type) {
        return FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setType(type)
                .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL)
                .build();
    }

    static FieldDescriptorProto field(String name, int number, String message) {
        return field(name, number, FieldDescriptorProto.Type.TYPE_MESSAGE).toBuilder()
                .setTypeName(message)
                .build();
    }

    /** Writes a set to a file, and reads it as the app does. */
    static ProtobufTypes load(Path file, FileDescriptorSet set) {
        return ProtobufTypes.load(write(file, set));
    }

    /** Writes a set to a file, which it returns. */
    public static Path write(Path file, FileDescriptorSet set) {
        try {
            return Files.write(file, set.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A message {@code auth.UserCreated}, as it is sent. */
    public static byte[] userCreated(long userId, String name) {
        try {
            Path file = Files.createTempFile("auth", ".binpb");
            try {
                Descriptor type = Objects.requireNonNull(load(file, auth()).find("auth.UserCreated"));
                FieldDescriptor metadata = type.findFieldByName("metadata");
                return DynamicMessage.newBuilder(type)
                        .setField(
                                metadata,
                                DynamicMessage.newBuilder(metadata.getMessageType())
                                        .setField(metadata.getMessageType().findFieldByName("event_id"), "e-1")
                                        .setField(metadata.getMessageType().findFieldByName("version"), Long.MAX_VALUE)
                                        .build())
                        .setField(type.findFieldByName("user_id"), userId)
                        .setField(type.findFieldByName("display_name"), name)
                        .build()
                        .toByteArray();
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
