package io.jetwright.eventlogger;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Looks through a payload before objects are made of it, which may take fifty times as much memory: a message with one number is
 * four bytes on the wire, and more than two hundred as objects. Messages within {@code google.protobuf.Any} are scanned one by
 * one, and count as well.
 */
final class ProtobufScan {
    /** Of messages within each other, as protobuf's own parsers have it. */
    static final int MAX_DEPTH = 100;

    /** What objects occupy at most, in bytes, as measured with protobuf-java 4.36 on JDK 25, and a little more. */
    private static final int MESSAGE = 192;

    private static final int MAP_ENTRY = 256;
    private static final int ONE_OF = 8;
    private static final int VALUE = 64;
    private static final int ELEMENT = 24;
    private static final int UNKNOWN = 160;

    /** For each byte of a group that is unknown: the shortest field in it has two. */
    private static final int UNKNOWN_BYTE = 64;

    private final ExtensionRegistry extensions;
    private final long limit;
    private long cost;

    /**
     * @param limit what all objects may occupy together, in bytes
     */
    ProtobufScan(ExtensionRegistry extensions, long limit) {
        this.extensions = extensions;
        this.limit = limit;
    }

    /**
     * Looks through a message.
     *
     * @param depth of the message within others
     * @throws DecodingException if it is nested too deeply, or its objects would take too much
     * @throws IOException if it is broken
     */
    void scan(CodedInputStream in, Descriptor type, int depth) throws IOException {
        message(in, type, depth);
        in.checkLastTagWas(0);
    }

    /** Up to the end of the input, of its limit, or of a group. */
    private void message(CodedInputStream in, Descriptor type, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new DecodingException("it is nested deeper than " + MAX_DEPTH + " levels");
        }
        add(
                type.getOptions().getMapEntry()
                        ? MAP_ENTRY
                        : MESSAGE + (long) ONE_OF * type.getOneofs().size());
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_END_GROUP) {
                return;
            }
            field(in, tag, find(type, WireFormat.getTagFieldNumber(tag)), depth);
        }
    }

    private @Nullable FieldDescriptor find(Descriptor type, int number) {
        FieldDescriptor field = type.findFieldByNumber(number);
        if (field != null) {
            return field;
        }
        ExtensionRegistry.ExtensionInfo extension = extensions.findImmutableExtensionByNumber(type, number);
        return extension == null ? null : extension.descriptor;
    }

    private void field(CodedInputStream in, int tag, @Nullable FieldDescriptor field, int depth) throws IOException {
        int wire = WireFormat.getTagWireType(tag);
        if (field != null && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && wire == wireOf(field)) {
            if (wire == WireFormat.WIRETYPE_START_GROUP) {
                message(in, field.getMessageType(), depth + 1);
                in.checkLastTagWas(WireFormat.WIRETYPE_END_GROUP | field.getNumber() << 3);
            } else {
                int outer = in.pushLimit(in.readRawVarint32());
                message(in, field.getMessageType(), depth + 1);
                in.checkLastTagWas(0);
                in.popLimit(outer);
            }
            return;
        }
        int before = in.getTotalBytesRead();
        in.skipField(tag);
        long length = in.getTotalBytesRead() - (long) before;
        boolean isPacked = field != null && wire == WireFormat.WIRETYPE_LENGTH_DELIMITED && field.isPackable();
        if (isPacked) {
            add(VALUE + length * ELEMENT);
        } else if (field != null && wire == wireOf(field)) {
            add(VALUE + 2 * length);
        } else {
            add(UNKNOWN + length * (wire == WireFormat.WIRETYPE_START_GROUP ? UNKNOWN_BYTE : 1));
        }
    }

    private static int wireOf(FieldDescriptor field) {
        return field.getLiteType().getWireType();
    }

    private void add(long bytes) throws DecodingException {
        cost += bytes;
        if (cost > limit) {
            throw new DecodingException("its parts would take more than %d bytes of memory".formatted(limit));
        }
    }
}
