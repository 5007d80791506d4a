package io.jetwright.it;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.TestNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the API server accepts, and what it says when it refuses. Each file in {@code src/test/resources/validation} is
 * a case: a resource or, in {@code update}, a resource before and after. A file that is to be refused says so in its
 * first lines, {@code # expect: } and a part of the message.
 */
class CustomResourceValidationIT {
    private static final Path CASES = Path.of("src/test/resources/validation");
    private static final String EXPECT = "# expect: ";

    @RegisterExtension
    static final Installation installation = Installation.withoutNats();

    private final TestNamespace namespace = installation.namespace();

    @ParameterizedTest
    @MethodSource
    void accepted(Path file) {
        assertThatNoException().isThrownBy(() -> TestNamespace.parse(text(file)).forEach(namespace::tryCreate));
    }

    static Stream<Path> accepted() throws IOException {
        return files(CASES.resolve("valid"));
    }

    @ParameterizedTest
    @MethodSource
    void refused(Path file) {
        GenericKubernetesResource resource = TestNamespace.parse(text(file)).get(0);
        assertThat(refusal(() -> namespace.tryCreate(resource)))
                .as(file.toString())
                .contains(expectations(file));
    }

    static Stream<Path> refused() throws IOException {
        return files(CASES.resolve("invalid"));
    }

    @ParameterizedTest
    @MethodSource
    void updated(Path file) {
        List<GenericKubernetesResource> states = TestNamespace.parse(text(file));
        namespace.apply(states.get(0));
        ThrowingCallable update = () -> namespace.tryApply(states.get(1));
        if (expectations(file).length == 0) {
            assertThatNoException().as(file.toString()).isThrownBy(update);
        } else {
            assertThat(refusal(update)).as(file.toString()).contains(expectations(file));
        }
    }

    static Stream<Path> updated() throws IOException {
        return files(CASES.resolve("update"));
    }

    @Test
    void aDescriptionOf64KiBIsRefused() {
        GenericKubernetesResource resource =
                TestNamespace.parse("""
                        apiVersion: jetwright.io/v1beta1
                        kind: Stream
                        metadata:
                          name: verbose
                        spec:
                          description: %s
                        """.formatted("d".repeat(1 << 16))).get(0);
        assertThat(refusal(() -> namespace.tryCreate(resource)))
                .contains("spec.description: Too long: may not be more than 4096");
    }

    @Test
    void everyRuleHasACase() throws IOException {
        String expected = Stream.concat(refused(), updated())
                .flatMap(file -> Stream.of(expectations(file)))
                .collect(joining("\n"));
        assertThat(files(Path.of("crds")).flatMap(CustomResourceValidationIT::messages))
                .isNotEmpty()
                .allSatisfy(message -> assertThat(expected).contains(message));
    }

    private static Stream<String> messages(Path definition) {
        return Serialization.unmarshal(text(definition), JsonNode.class).findValues("x-kubernetes-validations").stream()
                .flatMap(JsonNode::valueStream)
                .map(rule -> rule.get("message").textValue())
                .distinct();
    }

    private static String refusal(ThrowingCallable attempt) {
        KubernetesClientException refused = catchThrowableOfType(KubernetesClientException.class, attempt);
        assertThat(refused).as("the API server accepted it").isNotNull();
        assertThat(refused.getCode()).as(refused.getMessage()).isIn(400, 422);
        return refused.getStatus().getMessage();
    }

    private static String[] expectations(Path file) {
        return text(file)
                .lines()
                .filter(line -> line.startsWith(EXPECT))
                .map(line -> line.substring(EXPECT.length()))
                .toArray(String[]::new);
    }

    private static Stream<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
