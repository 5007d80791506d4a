package io.jetwright.operator.eventlogger;

import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.jetwright.api.EnvironmentVariable;
import io.jetwright.api.EventLoggerPublish;
import io.jetwright.api.EventLoggerSpec;
import io.jetwright.operator.pods.SecretKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What the pods of an event logger need of Secrets, beside the credentials of their Connection: without it they do not start. */
final class NeededSecrets {
    private NeededSecrets() {}

    /** The token, and the Secrets of {@code env} that are not optional. */
    static List<SecretKey> of(EventLoggerSpec spec) {
        Stream<SecretKey> token = Optional.ofNullable(spec.publish()).map(EventLoggerPublish::tokenSecret).stream()
                .map(secret -> new SecretKey(secret.name(), secret.tokenKey(), "spec.publish.tokenSecret", false));
        Stream<SecretKey> environment =
                Stream.ofNullable(spec.env()).flatMap(List::stream).flatMap(NeededSecrets::of);
        return Stream.concat(token, environment).toList();
    }

    private static Stream<SecretKey> of(EnvironmentVariable variable) {
        return Stream.ofNullable(variable.valueFrom())
                .map(EnvVarSource::getSecretKeyRef)
                .filter(Objects::nonNull)
                .filter(NeededSecrets::isNeeded)
                .map(selector -> new SecretKey(
                        selector.getName(), selector.getKey(), "spec.env (%s)".formatted(variable.name()), true));
    }

    private static boolean isNeeded(SecretKeySelector selector) {
        return selector.getName() != null && selector.getKey() != null && !Boolean.TRUE.equals(selector.getOptional());
    }
}
