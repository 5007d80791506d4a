package io.jetwright.operator.pods;

import io.jetwright.api.ImagePullPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The container image of pods.
 *
 * @param pullPolicy null for Kubernetes' default
 * @param pullSecrets the names of Secrets in the pods' namespace by which it is pulled
 */
public record PodImage(String name, @Nullable ImagePullPolicy pullPolicy, List<String> pullSecrets) {
    /** An image that is pulled without more. */
    public static PodImage of(String name) {
        return new PodImage(name, null, List.of());
    }
}
