package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A Connection resource; one in another namespace has to allow that of the resource that refers to it. */
public record ConnectionReference(
        @JsonPropertyDescription("The name of the Connection resource.") @Required @Size(min = 1, max = 253)
        String name,

        @JsonPropertyDescription("Its namespace. Omitted: this resource's own. The Connection has to allow others in"
                + " spec.allowedNamespaces.")
        @Size(min = 1, max = 63)
        @Nullable
        String namespace) {
    static final String DESCRIPTION = "The Connection to NATS. Omitted: the operator's default. Cannot be changed.";

    /** A CEL rule on a spec: an update does not change {@code connectionRef}. */
    static final String UNCHANGED = "has(self.connectionRef) == has(oldSelf.connectionRef)"
            + " && (!has(self.connectionRef) || self.connectionRef == oldSelf.connectionRef)";

    static final String CHANGED = "connectionRef cannot be changed, since what it has made in JetStream would stay"
            + " behind: create a new resource, and delete this one";
}
