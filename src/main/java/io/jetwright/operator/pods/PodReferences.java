package io.jetwright.operator.pods;

import io.jetwright.api.ConnectionReference;
import io.jetwright.api.StreamReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the spec of a resource that runs pods names to make them of.
 *
 * @param streamRef the Stream resource; null for none
 * @param streamName the name of the stream in JetStream, where there is no {@code streamRef}; null for none
 * @param image the container image; null for that of the operator
 * @param connectionRef the Connection; null for that of the Stream resource, or else the default of the operator
 * @param secretKeys what the pods need of Secrets beside those of the Connection
 */
public record PodReferences(
        @Nullable StreamReference streamRef,
        @Nullable String streamName,
        @Nullable String image,
        @Nullable ConnectionReference connectionRef,
        List<SecretKey> secretKeys) {}
