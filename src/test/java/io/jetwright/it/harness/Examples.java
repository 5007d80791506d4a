package io.jetwright.it.harness;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.jetwright.api.Asset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What is in {@code examples/}, as it is. */
public final class Examples {
    private static final Path FOLDER = Path.of("examples");

    /** The ends of the API groups of other projects. */
    private static final Set<String> FOREIGN =
            Set.of("argoproj.io", "keda.sh", "toolkit.fluxcd.io", "monitoring.coreos.com");

    private Examples() {}

    /** The folders that declare something. */
    public static List<String> folders() {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .filter(folder -> !in(folder).isEmpty())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Jetwright's resources in a folder, or in a file. */
    public static List<GenericKubernetesResource> in(String path) {
        return all(path).stream()
                .filter(resource -> resource.getApiVersion().startsWith(Asset.GROUP + "/"))
                .toList();
    }

    /** All resources, of whatever kind, in a folder or in a file; without files that hold none, such as values.yaml. */
    public static List<GenericKubernetesResource> all(String path) {
        try (Stream<Path> files = Files.walk(FOLDER.resolve(path))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(Examples::text)
                    .map(TestNamespace::parse)
                    .flatMap(List::stream)
                    .filter(document -> document.getKind() != null)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether another project defines this kind. */
    public static boolean isForeign(GenericKubernetesResource resource) {
        String version = String.valueOf(resource.getApiVersion());
        return FOREIGN.stream().anyMatch(group -> version.contains(group + "/"));
    }

    public static String text(String file) {
        return text(FOLDER.resolve(file));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
