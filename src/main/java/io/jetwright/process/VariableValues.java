package io.jetwright.process;

import io.jetwright.api.ConnectionReference;
import io.jetwright.environment.Environment;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Parsers of the values of variables that several commands have. Each throws an {@link IllegalArgumentException} whose message says
 * what is wrong, and not the variable's name.
 */
public final class VariableValues {
    private static final Path SERVICE_ACCOUNT_NAMESPACE =
            Path.of("/var/run/secrets/kubernetes.io/serviceaccount/namespace");

    private VariableValues() {}

    /** The files of a KUBECONFIG, of which at least one can be read; none for an empty text. */
    public static List<Path> files(String text) {
        List<Path> files = Stream.of(text.split(File.pathSeparator))
                .filter(name -> !name.isEmpty())
                .map(Path::of)
                .toList();
        if (!files.isEmpty() && files.stream().noneMatch(Files::isReadable)) {
            throw new IllegalArgumentException("the file " + text + " does not exist, or cannot be read");
        }
        return files;
    }

    /** The Connection that a text names as {@code namespace/name}; empty for an empty text. */
    public static Optional<ConnectionReference> connection(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = text.split("/", -1);
        if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw new IllegalArgumentException(
                    "'" + text + "' names no Connection; expected namespace/name, such as nats/default");
        }
        return Optional.of(new ConnectionReference(parts[1], namespace(parts[0], "nats/default")));
    }

    /** A Lease's name. */
    public static String leaseName(String text) {
        if (!text.matches("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?")) {
            throw new IllegalArgumentException("'" + text + "' is no name of a Lease; expected such as jetwright");
        }
        return text;
    }

    /** Names of namespaces, with commas between them. */
    public static Set<String> names(String text) {
        Set<String> names = Set.copyOf(Environment.list(text));
        names.forEach(name -> namespace(name, "team-a,team-b"));
        return names;
    }

    private static String namespace(String text, String example) {
        if (!text.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")) {
            throw new IllegalArgumentException("'" + text + "' is no name of a namespace; expected such as " + example);
        }
        return text;
    }

    /** An identifier of a cluster; empty for an empty text. */
    public static Optional<String> id(String text) {
        if (!text.matches("[A-Za-z0-9._-]{0,63}")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no identifier; expected up to 63 letters, digits, dots, dashes and underscores");
        }
        return Optional.of(text).filter(id -> !id.isEmpty());
    }

    /** A namespace; for an empty text that of the pod, or {@code default} outside of one. */
    public static String leaseNamespace(String text) {
        if (!text.isEmpty()) {
            return namespace(text, "team-a");
        }
        try {
            return Files.readString(SERVICE_ACCOUNT_NAMESPACE).strip();
        } catch (IOException e) {
            return "default";
        }
    }
}
