package io.jetwright.operator.asset.kind;

import io.jetwright.api.Asset;
import io.jetwright.api.AssetStatus;
import io.jetwright.operator.connection.Routes;
import java.util.Objects;
import java.util.Optional;

/** Where the JetStream object of a resource was last seen, as the resource's status says. */
final class LastSeen {
    private LastSeen() {}

    /** The key of the Connection (see {@link Routes}); empty if the object is not known to exist on any. */
    static Optional<String> connection(Asset<?, ?> resource) {
        AssetStatus status = resource.getStatus();
        if (status == null || status.created() == null) {
            return Optional.empty();
        }
        boolean isUnknown = status.connection() == null && resource.getSpec().connectionRef() != null;
        return isUnknown
                ? Optional.empty()
                : Optional.of(Objects.requireNonNullElse(status.connection(), Routes.OPERATORS_OWN));
    }
}
