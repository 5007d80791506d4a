package io.jetwright.eventlogger;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Decodes protobuf to JSON, by the <a href="https://protobuf.dev/programming-guides/json/">JSON mapping of protobuf</a>. */
final class ProtobufDecoder {
    static final String ENCODING = "protobuf";

    /** What the objects of a message may occupy, as a multiple of what its JSON may. */
    private static final int OBJECTS = 4;

    private ProtobufDecoder() {}

    /**
     * Decodes a payload.
     *
     * @param message its full name
     * @param limit what the JSON may be, in bytes
     * @throws DecodingException if it cannot be decoded
     */
    static EventData decode(ProtobufTypes types, String message, byte[] payload, int limit) throws IOException {
        Descriptor type = types.find(message);
        if (type == null) {
            throw new DecodingException("the descriptors have no message " + message);
        }
        var scan = new ProtobufScan(types.extensions(), (long) OBJECTS * limit);
        try {
            scan.scan(CodedInputStream.newInstance(payload), type, 0);
            DynamicMessage root = DynamicMessage.parseFrom(type, payload, types.extensions());
            List<String> unknownFields = new ArrayList<>();
            byte[] json = Json.write(limit, writer -> new ProtobufJson(types, scan, writer, unknownFields).write(root));
            return new EventData(
                    new String(json, StandardCharsets.UTF_8), ENCODING, message, List.copyOf(unknownFields), null);
        } catch (InvalidProtocolBufferException e) {
            throw new DecodingException("it is no %s: %s".formatted(message, e.getMessage()));
        }
    }
}
