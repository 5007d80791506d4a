package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProtobufTypesTest {
    @TempDir
    private Path directory;

    private void refused(Path path, String message) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> ProtobufTypes.load(path))
                .withMessage(message.replace("DIR", directory.toString()))
                .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
    }

    private static FileDescriptorSet only(int file) {
        return FileDescriptorSet.newBuilder()
                .addFile(Schemas.auth().getFile(file))
                .build();
    }

    @Test
    void aFileOrAFolderIsRead() {
        Path file = Schemas.write(directory.resolve("auth.binpb"), Schemas.auth());

        assertThat(ProtobufTypes.load(file).find("auth.UserCreated")).isNotNull();
        assertThat(ProtobufTypes.load(directory).find("common.EventMetadata")).isNotNull();
        assertThat(ProtobufTypes.load(directory).find("auth.Gone")).isNull();
        assertThat(ProtobufTypes.load(directory).find("google.protobuf.Timestamp"))
                .isNotNull();
    }

    /** As a volume of a ConfigMap has its keys: links into a folder that is hidden. */
    @Test
    void theLinksOfAMountedConfigMapAreFollowed() throws IOException {
        Path data = Files.createDirectory(directory.resolve("..2026_02_13"));
        Schemas.write(data.resolve("auth.binpb"), only(1));
        Schemas.write(data.resolve("common.binpb"), only(0));
        Files.createSymbolicLink(directory.resolve("..data"), Path.of("..2026_02_13"));
        Files.createSymbolicLink(directory.resolve("auth.binpb"), Path.of("..data/auth.binpb"));
        Files.createSymbolicLink(directory.resolve("common.binpb"), Path.of("..data/common.binpb"));

        assertThat(ProtobufTypes.files(directory)).hasSize(2);
        assertThat(ProtobufTypes.load(directory).find("auth.UserCreated")).isNotNull();
    }

    @Test
    void theSameFileMayBeInSeveralSetsUnlessItDiffers() {
        Schemas.write(directory.resolve("a"), Schemas.auth());
        FileDescriptorProto common = Schemas.auth().getFile(0);
        Schemas.write(
                directory.resolve("b"),
                FileDescriptorSet.newBuilder()
                        .addFile(common.toBuilder().setSourceCodeInfo(SourceCodeInfo.getDefaultInstance()))
                        .build());
        assertThat(ProtobufTypes.load(directory).find("auth.UserCreated")).isNotNull();

        Schemas.write(
                directory.resolve("b"),
                FileDescriptorSet.newBuilder()
                        .addFile(common.toBuilder().clearMessageType())
                        .build());
        refused(
                directory,
                "DIR/b has another common/types.proto than the file before it; make both from the same sources, or one set of all");
    }

    @Test
    void whatCannotBeUsedIsRefusedWithItsCure() throws IOException {
        refused(directory.resolve("gone"), "there is no file or folder DIR/gone, or it cannot be read");
        refused(directory, "the folder DIR has no file; put a descriptor set there");

        Path file = Files.writeString(directory.resolve("x.proto"), "syntax = \"proto3\";\nmessage A {}\n");
        String cure =
                "the file DIR/x.proto is no descriptor set; make one with protoc --include_imports --descriptor_set_out=FILE, or buf build -o FILE";
        refused(directory, cure);
        Files.write(file, new byte[0]);
        refused(file, cure);

        Schemas.write(file, only(1));
        refused(
                file,
                "auth/events.proto imports common/types.proto, which is missing; make the descriptor set with protoc --include_imports");

        Schemas.write(
                file,
                FileDescriptorSet.newBuilder()
                        .addFile(FileDescriptorProto.newBuilder()
                                .setName("a.proto")
                                .addDependency("b.proto"))
                        .addFile(FileDescriptorProto.newBuilder()
                                .setName("b.proto")
                                .addDependency("a.proto"))
                        .build());
        refused(file, "a.proto imports itself, by way of b.proto");

        Schemas.write(
                file,
                FileDescriptorSet.newBuilder()
                        .addFile(FileDescriptorProto.newBuilder()
                                .setName("a.proto")
                                .addMessageType(Schemas.message("A", Schemas.field("x", 1, ".B"))))
                        .build());
        refused(file, "a.proto is not valid: A.x: \".B\" is not defined.");

        Files.write(file, new byte[(16 << 20) + 1]);
        refused(file, "the descriptors have 16777217 bytes, more than 16777216; leave out what is not used");
    }

    @Test
    void aMessageThatThereIsNotIsRefusedWithThoseThatThereAre() {
        ProtobufTypes types = Schemas.load(directory.resolve("auth"), Schemas.auth());

        types.require("auth.SessionCreated");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> types.require("auth.UserCreate"))
                .withMessage(
                        "the descriptors have no message auth.UserCreate; they have auth.SessionCreated, auth.UserCreated, auth.UserDeleted, common.EventMetadata, common.Timestamp");
    }
}
