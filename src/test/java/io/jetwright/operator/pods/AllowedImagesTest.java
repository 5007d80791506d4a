package io.jetwright.operator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowedImagesTest {
    @ParameterizedTest
    @CsvSource({
        "registry.example/app:1.0, registry.example/app:1.0, true",
        "registry.example/app:1.0, registry.example/app:1.0.1, false",
        "registry.example/app, registry.example/app:1.0, false",
        "registry.example/team/*, registry.example/team/app@sha256:abc, true",
        "registry.example/team/*, registry.example/team2/app, false",
        "registry.example/team/*, evil.example/registry.example/team/app, false",
        "nginx, docker.io/library/nginx, false",
        "*, anything, true"
    })
    void anImageIsComparedAsItIsWritten(String pattern, String image, boolean isAllowed) {
        assertThat(new AllowedImages(List.of("another", pattern)).contains(image))
                .isEqualTo(isAllowed);
    }

    @Test
    void withoutPatternsThereAreNone() {
        assertThat(new AllowedImages(List.of()).contains("")).isFalse();
        assertThat(new AllowedImages(List.of()).contains("nginx")).isFalse();
    }
}
