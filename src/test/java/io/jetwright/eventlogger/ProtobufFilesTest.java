package io.jetwright.eventlogger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProtobufFilesTest {
    @TempDir
    private Path directory;

    private final AtomicLong time = new AtomicLong();

    private void pass(int seconds) {
        time.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    @Test
    void filesThatChangeAreReadAgainAndTheLastOnesAreUsedWhileTheyAreBroken() throws IOException {
        Path file = Schemas.write(directory.resolve("types"), Schemas.auth());
        var files = new ProtobufFiles(directory, ProtobufTypes.load(directory), List.of("auth.UserCreated"), time::get);
        ProtobufTypes first = files.types();

        pass(60);
        assertThat(files.types()).as("unchanged").isSameAs(first);

        Files.writeString(file, "broken");
        assertThat(files.types()).as("not looked at yet").isSameAs(first);
        assertThat(files.areStale()).isFalse();
        pass(5);
        assertThat(files.areStale()).isTrue();
        assertThat(files.types()).isSameAs(first);

        // valid, but without a message that is needed
        Schemas.write(file, Schemas.all());
        pass(5);
        assertThat(files.areStale()).isTrue();
        Files.delete(file);
        pass(5);
        assertThat(files.types()).isSameAs(first);

        Schemas.write(file, Schemas.auth());
        Schemas.write(directory.resolve("more"), Schemas.all());
        pass(5);
        assertThat(files.types().find("all.Kinds")).isNotNull();
        assertThat(files.areStale()).isFalse();
    }
}
