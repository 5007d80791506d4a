package io.jetwright.eventlogger;

import com.google.protobuf.AnyProto;
import com.google.protobuf.ApiProto;
import com.google.protobuf.DescriptorProtos;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.EmptyProto;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.SourceContextProto;
import com.google.protobuf.StructProto;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.TypeProto;
import com.google.protobuf.WrappersProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The types of protobuf messages of descriptor sets, and those that protobuf itself has. */
final class ProtobufTypes {
    /** Several times what a ConfigMap can hold. */
    private static final long MAX_BYTES = 16 << 20;

    /** How many messages an error names. */
    private static final int NAMED = 10;

    private static final Map<String, FileDescriptor> WELL_KNOWN = Stream.of(
                    AnyProto.getDescriptor(),
                    ApiProto.getDescriptor(),
                    DescriptorProtos.getDescriptor(),
                    DurationProto.getDescriptor(),
                    EmptyProto.getDescriptor(),
                    FieldMaskProto.getDescriptor(),
                    SourceContextProto.getDescriptor(),
                    StructProto.getDescriptor(),
                    TimestampProto.getDescriptor(),
                    TypeProto.getDescriptor(),
                    WrappersProto.getDescriptor())
            .collect(Collectors.toMap(FileDescriptor::getName, Function.identity()));

    private final Map<String, FileDescriptorProto> sources = new LinkedHashMap<>();
    private final Map<String, @Nullable FileDescriptor> files = new HashMap<>();
    private final Map<String, Descriptor> messages = new TreeMap<>();
    private final ExtensionRegistry extensions = ExtensionRegistry.newInstance();

    private ProtobufTypes() {}

    /**
     * Reads a descriptor set, as {@code protoc --include_imports --descriptor_set_out} and {@code buf build} write it, or all
     * those in a folder.
     *
     * @throws IllegalArgumentException if they cannot be used; the message is one line, with the cure
     */
    static ProtobufTypes load(Path path) {
        var types = new ProtobufTypes();
        for (Path file : files(path)) {
            types.add(file);
        }
        WELL_KNOWN.values().forEach(file -> file.getMessageTypes().forEach(types::add));
        for (String name : List.copyOf(types.sources.keySet())) {
            FileDescriptor file = types.build(name, path.toString());
            file.getMessageTypes().forEach(types::add);
            file.getExtensions().forEach(types::add);
        }
        return types;
    }

    /**
     * The files: without those that are hidden, such as the folders that a mounted ConfigMap has beside its links.
     */
    static List<Path> files(Path path) {
        try {
            if (!Files.isDirectory(path)) {
                if (!Files.isReadable(path)) {
                    throw new IllegalArgumentException("there is no file or folder " + path + ", or it cannot be read");
                }
                requireSize(List.of(path));
                return List.of(path);
            }
            try (Stream<Path> all = Files.list(path)) {
                List<Path> files = all.filter(Files::isRegularFile)
                        .filter(file -> !file.getFileName().toString().startsWith("."))
                        .sorted()
                        .toList();
                if (files.isEmpty()) {
                    throw new IllegalArgumentException(
                            "the folder " + path + " has no file; put a descriptor set there");
                }
                requireSize(files);
                return files;
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(path + " cannot be read", e);
        }
    }

    private static void requireSize(List<Path> files) throws IOException {
        long size = 0;
        for (Path file : files) {
            size += Files.size(file);
        }
        if (size > MAX_BYTES) {
            throw new IllegalArgumentException("the descriptors have %d bytes, more than %d; leave out what is not used"
                    .formatted(size, MAX_BYTES));
        }
    }

    private void add(Path path) {
        for (FileDescriptorProto each : read(path).getFileList()) {
            FileDescriptorProto file = each.toBuilder().clearSourceCodeInfo().build();
            FileDescriptorProto other = sources.putIfAbsent(file.getName(), file);
            if (other != null && !other.equals(file)) {
                throw new IllegalArgumentException(
                        "%s has another %s than the file before it; make both from the same sources, or one set of all"
                                .formatted(path, file.getName()));
            }
        }
    }

    private static FileDescriptorSet read(Path path) {
        try {
            FileDescriptorSet set = FileDescriptorSet.parseFrom(Files.readAllBytes(path));
            if (set.getFileCount() > 0 && set.getUnknownFields().asMap().isEmpty()) {
                return set;
            }
        } catch (InvalidProtocolBufferException e) {
            // the same cure
        } catch (IOException e) {
            throw new IllegalArgumentException("the file " + path + " cannot be read", e);
        }
        throw new IllegalArgumentException(
                "the file %s is no descriptor set; make one with protoc --include_imports --descriptor_set_out=FILE, or buf build -o FILE"
                        .formatted(path));
    }

    /**
     * @param importer who imports it
     */
    private FileDescriptor build(String name, String importer) {
        FileDescriptor built = files.get(name);
        if (built != null) {
            return built;
        }
        FileDescriptorProto source = sources.get(name);
        if (source == null) {
            FileDescriptor known = WELL_KNOWN.get(name);
            if (known == null) {
                throw new IllegalArgumentException(
                        "%s imports %s, which is missing; make the descriptor set with protoc --include_imports"
                                .formatted(importer, name));
            }
            return known;
        }
        if (files.containsKey(name)) {
            throw new IllegalArgumentException("%s imports itself, by way of %s".formatted(name, importer));
        }
        files.put(name, null);
        try {
            FileDescriptor file = FileDescriptor.buildFrom(
                    source,
                    source.getDependencyList().stream()
                            .map(each -> build(each, name))
                            .toArray(FileDescriptor[]::new));
            files.put(name, file);
            return file;
        } catch (DescriptorValidationException e) {
            throw new IllegalArgumentException(name + " is not valid: " + e.getMessage(), e);
        }
    }

    private void add(Descriptor message) {
        if (!message.getOptions().getMapEntry()) {
            messages.put(message.getFullName(), message);
        }
        message.getNestedTypes().forEach(this::add);
        message.getExtensions().forEach(this::add);
    }

    private void add(FieldDescriptor extension) {
        if (extension.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
            extensions.add(extension, DynamicMessage.getDefaultInstance(extension.getMessageType()));
        } else {
            extensions.add(extension);
        }
    }

    /** The message of this full name; null if there is none. */
    @Nullable
    Descriptor find(String name) {
        return messages.get(name);
    }

    /**
     * Refuses the name of a message that there is not.
     *
     * @throws IllegalArgumentException that names those that there are
     */
    void require(String name) {
        if (!messages.containsKey(name)) {
            List<String> own = sources.values().stream()
                    .flatMap(file -> file.getMessageTypeList().stream()
                            .map(each -> file.getPackage().isEmpty()
                                    ? each.getName()
                                    : file.getPackage() + "." + each.getName()))
                    .sorted()
                    .toList();
            throw new IllegalArgumentException("the descriptors have no message %s; they have %s%s"
                    .formatted(
                            name,
                            String.join(", ", own.subList(0, Math.min(own.size(), NAMED))),
                            own.size() > NAMED ? " and %d more".formatted(own.size() - NAMED) : ""));
        }
    }

    ExtensionRegistry extensions() {
        return extensions;
    }
}
