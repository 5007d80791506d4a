package io.jetwright.operator.pods;

import java.util.List;

/**
 * The container images that resources may name, beside the operator's own, which they always may. Images are compared as they
 * are written: {@code nginx} is not {@code docker.io/library/nginx}.
 *
 * @param patterns images, or beginnings of images with {@code *} after them
 */
public record AllowedImages(List<String> patterns) {
    private static final String ANY = "*";

    /** A copy. */
    public AllowedImages {
        patterns = List.copyOf(patterns);
    }

    /** Whether one of the patterns is this image, or its beginning. */
    public boolean contains(String image) {
        return patterns.stream()
                .anyMatch(pattern -> pattern.endsWith(ANY)
                        ? image.startsWith(pattern.substring(0, pattern.length() - ANY.length()))
                        : image.equals(pattern));
    }
}
