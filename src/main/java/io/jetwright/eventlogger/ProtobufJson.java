package io.jetwright.eventlogger;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a protobuf message by the JSON mapping of protobuf. What that mapping refuses is written as it is: a message in
 * {@code google.protobuf.Any} of which the type is not known as base64, and a well-known type that is out of its range with its
 * fields.
 */
final class ProtobufJson {
    /** How many unknown fields are named. */
    private static final int NAMED = 10;

    private static final String ANY = "google.protobuf.Any";

    private final ProtobufTypes types;
    private final ProtobufScan scan;
    private final JsonGenerator json;
    private final List<String> unknownFields;
    private final Deque<String> path = new ArrayDeque<>();

    /**
     * @param scan of the message, for what is found in it
     * @param unknownFields to which those that are found are added
     */
    ProtobufJson(ProtobufTypes types, ProtobufScan scan, JsonGenerator json, List<String> unknownFields) {
        this.types = types;
        this.scan = scan;
        this.json = json;
        this.unknownFields = unknownFields;
    }

    void write(Message message) throws IOException {
        message(message, 0);
    }

    /**
     * @param depth of the message within others, also by way of {@code Any}
     */
    private void message(Message message, int depth) throws IOException {
        note(message);
        String name = message.getDescriptorForType().getFullName();
        String text = ProtobufWellKnown.text(name, message);
        FieldDescriptor content = ProtobufWellKnown.content(name, message);
        if (text != null) {
            json.writeString(text);
        } else if (ProtobufWellKnown.isValue(name)) {
            kind(message, depth);
        } else if (content != null) {
            field(content, message.getField(content), depth);
        } else {
            json.writeStartObject();
            if (!name.equals(ANY) || !any(message, depth)) {
                members(message, depth);
            }
            json.writeEndObject();
        }
    }

    private void note(Message message) {
        for (int number : message.getUnknownFields().asMap().keySet()) {
            if (unknownFields.size() < NAMED) {
                unknownFields.add(path.isEmpty() ? String.valueOf(number) : String.join(".", path) + "." + number);
            }
        }
    }

    private void members(Message message, int depth) throws IOException {
        for (Map.Entry<FieldDescriptor, Object> each : message.getAllFields().entrySet()) {
            FieldDescriptor field = each.getKey();
            String name = field.isExtension() ? "[" + field.getFullName() + "]" : field.getJsonName();
            json.writeFieldName(name);
            path.addLast(name);
            field(field, each.getValue(), depth);
            path.removeLast();
        }
    }

    private void field(FieldDescriptor field, Object value, int depth) throws IOException {
        if (field.isMapField()) {
            map(field, (List<?>) value, depth);
        } else if (field.isRepeated()) {
            json.writeStartArray();
            for (Object element : (List<?>) value) {
                value(field, element, depth);
            }
            json.writeEndArray();
        } else {
            value(field, value, depth);
        }
    }

    /** Of entries with the same key the last one holds. */
    private void map(FieldDescriptor field, List<?> entries, int depth) throws IOException {
        FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
        FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
        Map<String, Message> last = new LinkedHashMap<>();
        for (Object entry : entries) {
            Message message = (Message) entry;
            note(message);
            last.put(ProtobufWellKnown.scalar(key, message.getField(key)), message);
        }
        json.writeStartObject();
        for (Map.Entry<String, Message> entry : last.entrySet()) {
            json.writeFieldName(entry.getKey());
            path.addLast(entry.getKey());
            value(value, entry.getValue().getField(value), depth + 1);
            path.removeLast();
        }
        json.writeEndObject();
    }

    private void value(FieldDescriptor field, Object value, int depth) throws IOException {
        switch (field.getJavaType()) {
            case INT -> json.writeNumber(ProtobufWellKnown.scalar(field, value));
            case BOOLEAN -> json.writeBoolean((Boolean) value);
            case FLOAT -> json.writeNumber((Float) value);
            case DOUBLE -> json.writeNumber((Double) value);
            case LONG, STRING -> json.writeString(ProtobufWellKnown.scalar(field, value));
            case BYTE_STRING -> json.writeString(base64((ByteString) value));
            case ENUM -> {
                EnumValueDescriptor constant = (EnumValueDescriptor) value;
                if (constant.getType().getFullName().equals("google.protobuf.NullValue")) {
                    json.writeNull();
                } else if (constant.getIndex() < 0) {
                    json.writeNumber(constant.getNumber());
                } else {
                    json.writeString(constant.getName());
                }
            }
            case MESSAGE -> message((Message) value, depth + 1);
        }
    }

    private static String base64(ByteString bytes) {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** The content of a {@code google.protobuf.Value}: that of its fields which is set. */
    private void kind(Message message, int depth) throws IOException {
        for (Map.Entry<FieldDescriptor, Object> each : message.getAllFields().entrySet()) {
            field(each.getKey(), each.getValue(), depth);
            return;
        }
        json.writeNull();
    }

    /** Writes the members of an {@code Any}; false if it is another message of this name. */
    private boolean any(Message message, int depth) throws IOException {
        if (!(ProtobufWellKnown.field(message, 1) instanceof String url)
                || !(ProtobufWellKnown.field(message, 2) instanceof ByteString content)) {
            return false;
        }
        if (url.isEmpty() && content.isEmpty()) {
            return true;
        }
        json.writeStringField("@type", url);
        Descriptor type = types.find(url.substring(url.lastIndexOf('/') + 1));
        Message inner = type == null ? null : parsed(type, content, depth + 1);
        if (inner == null) {
            json.writeStringField("value", base64(content));
        } else if (ProtobufWellKnown.hasOwnForm(inner)) {
            json.writeFieldName("value");
            message(inner, depth + 1);
        } else {
            note(inner);
            members(inner, depth + 1);
        }
        return true;
    }

    /** Null if the content is broken. */
    private @Nullable Message parsed(Descriptor type, ByteString content, int depth) throws IOException {
        try {
            scan.scan(content.newCodedInput(), type, depth);
            return DynamicMessage.parseFrom(type, content, types.extensions());
        } catch (InvalidProtocolBufferException e) {
            return null;
        }
    }
}
