package io.jetwright.eventlogger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The types of protobuf messages, read again when their files change, as they do in a pod when a ConfigMap does. While what was
 * changed cannot be used, the last ones that could still are.
 */
final class ProtobufFiles {
    private static final Logger LOG = LoggerFactory.getLogger(ProtobufFiles.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final Path path;
    private final List<String> messages;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile ProtobufTypes types;
    private volatile boolean areStale;
    private volatile long checked;
    private String state;

    /**
     * @param types those that the files have now
     * @param messages those that the files have to have
     * @param nanoTime a clock, as {@link System#nanoTime}
     */
    ProtobufFiles(Path path, ProtobufTypes types, List<String> messages, LongSupplier nanoTime) {
        this.path = path;
        this.types = types;
        this.messages = messages;
        this.nanoTime = nanoTime;
        this.checked = nanoTime.getAsLong();
        this.state = state();
    }

    /** The types, not older than a few seconds. */
    ProtobufTypes types() {
        refresh();
        return types;
    }

    /** Whether the files were changed to what cannot be used. */
    boolean areStale() {
        refresh();
        return areStale;
    }

    private void refresh() {
        if (nanoTime.getAsLong() - checked < INTERVAL.toNanos() || !lock.tryLock()) {
            return;
        }
        try {
            checked = nanoTime.getAsLong();
            String now = state();
            if (!now.equals(state)) {
                state = now;
                reload();
            }
        } finally {
            lock.unlock();
        }
    }

    private void reload() {
        try {
            ProtobufTypes changed = ProtobufTypes.load(path);
            messages.forEach(changed::require);
            types = changed;
            areStale = false;
            LOG.info("The descriptors of protobuf messages in {} have changed, and are used from now on", path);
        } catch (IllegalArgumentException e) {
            areStale = true;
            LOG.warn("PROTOBUF_DESCRIPTORS: {}; the last ones are still used", e.getMessage());
        }
    }

    /** Changes when a file does. The files of a ConfigMap are links into a folder that is a new one after each change. */
    private String state() {
        var state = new StringBuilder();
        try {
            for (Path file : ProtobufTypes.files(path)) {
                state.append(file.toRealPath())
                        .append(' ')
                        .append(Files.size(file))
                        .append(' ')
                        .append(Files.getLastModifiedTime(file))
                        .append('\n');
            }
        } catch (IOException | IllegalArgumentException e) {
            state.append(e.getMessage());
        }
        return state.toString();
    }
}
