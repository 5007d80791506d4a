package io.jetwright.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The container image of this build, made by {@code dev/image} once for all tests. */
public final class Image {
    /** As {@code docker save} would write it. */
    public static final Path ARCHIVE = Path.of("target", "jib-image.tar");

    private static @Nullable String reference;

    private Image() {}

    /** Its reference. */
    public static synchronized String build() {
        if (reference == null) {
            List<String> output = run("dev/image");
            reference = output.get(output.size() - 1);
        }
        return reference;
    }

    /** The archive of an image with the nats-server of {@code dev/tools}, under the name that a manifest has. */
    public static Path ofNats(String name) {
        return Path.of(run("dev/nats-image", name).get(0));
    }

    /** Makes the image of an archive known to the node of a cluster of {@code dev/cluster}. */
    static void load(String cluster, Path archive) {
        run("dev/cluster", "load", "--name", cluster, archive.toString());
    }

    private static List<String> run(String... command) {
        try {
            Process process = new ProcessBuilder(command).start();
            var progress = new Lines(process.getErrorStream(), System.err::println);
            List<String> output = process.inputReader().lines().toList();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed: " + progress);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
