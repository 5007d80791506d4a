package io.jetwright.plan;

import java.util.Optional;

/**
 * The resource that a JetStream object belongs to, as its metadata names it.
 *
 * @param cluster identifies the Kubernetes cluster
 * @param namespace the resource's namespace
 * @param name the resource's name
 * @param kind the resource's kind; empty for that of the object itself, a Stream or a Consumer
 */
public record Owner(String cluster, String namespace, String name, String kind) {
    /** The key in the JetStream object's metadata. */
    public static final String KEY = "jetwright.io/owner";

    /** A resource of the same kind as the object. */
    public Owner(String cluster, String namespace, String name) {
        this(cluster, namespace, name, "");
    }

    /** The owner in the object's metadata; empty if there is none. A value of another form is an owner of that name. */
    public static Optional<Owner> of(Settings settings) {
        return settings.metadata(KEY).map(Owner::parse);
    }

    private static Owner parse(String text) {
        String[] parts = text.split("/", 4);
        return parts.length < 3
                ? new Owner("", "", text)
                : new Owner(parts[0], parts[1], parts[2], parts.length == 3 ? "" : parts[3]);
    }

    @Override
    public String toString() {
        String resource = cluster + "/" + namespace + "/" + name;
        return kind.isEmpty() ? resource : resource + "/" + kind;
    }
}
