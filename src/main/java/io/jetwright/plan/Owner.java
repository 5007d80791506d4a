package io.jetwright.plan;

import java.util.Optional;

/**
 * The resource that a JetStream object belongs to, as its metadata names it.
 *
 * @param cluster identifies the Kubernetes cluster
 * @param namespace the resource's namespace
 * @param name the resource's name
 */
public record Owner(String cluster, String namespace, String name) {
    /** The key in the JetStream object's metadata. */
    public static final String KEY = "jetwright.io/owner";

    /** Whose the object is; empty when nobody has claimed it. */
    public static Optional<Owner> of(Settings settings) {
        return settings.metadata(KEY).map(Owner::parse);
    }

    private static Owner parse(String text) {
        String[] parts = text.split("/", 3);
        return parts.length == 3 ? new Owner(parts[0], parts[1], parts[2]) : new Owner("", "", text);
    }

    @Override
    public String toString() {
        return cluster + "/" + namespace + "/" + name;
    }
}
