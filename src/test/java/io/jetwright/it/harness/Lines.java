package io.jetwright.it.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** What a process has written so far, read as it comes. */
public final class Lines {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;

    Lines(InputStream stream, Consumer<String> follower) {
        // not virtual: reading from a pipe holds on to a carrier thread, and there are few
        reader = Thread.ofPlatform().daemon().start(() -> read(stream, follower));
    }

    private void read(InputStream stream, Consumer<String> follower) {
        try (var text = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = text.readLine(); line != null; line = text.readLine()) {
                lines.add(line);
                follower.accept(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<String> soFar() {
        return List.copyOf(lines);
    }

    List<String> toTheEnd() throws InterruptedException {
        reader.join();
        return soFar();
    }

    @Override
    public String toString() {
        List<String> snapshot = soFar();
        return String.join("\n", snapshot.subList(Math.max(0, snapshot.size() - 40), snapshot.size()));
    }
}
