package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The state of a connection, and what the server says of itself and of the account. */
@JsonClassDescription("Whether the connection is up, to which server, and what the account may use there.")
public record ConnectionStatus(
        @JsonPropertyDescription("The generation of the spec that this status speaks of.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Ready and ResolvedRefs; Reconciling and Stalled while they hold.") @Nullable
        List<Condition> conditions,

        @JsonPropertyDescription("Whether there is a connection now.") @Nullable
        Boolean connected,

        @JsonPropertyDescription("The name of the server that it goes to, or last went to.") @Nullable
        String server,

        @JsonPropertyDescription("That server's version.") @Nullable
        String version,

        @JsonPropertyDescription("The NATS cluster that the server belongs to.") @Nullable
        String cluster,

        @JsonPropertyDescription("How long a ping takes to the server and back.") @Nullable
        String rtt,

        @JsonPropertyDescription("The account that the credentials belong to, where the server tells it.") @Nullable
        String account,

        @JsonPropertyDescription("The JetStream domain.") @Nullable
        String domain,

        @JsonPropertyDescription("What the account may use of JetStream, and uses; one item for each tier.") @Nullable
        List<JetStreamLimits> limits,

        @JsonPropertyDescription("How many resources use this Connection.") @Nullable
        Integer usedBy,

        @JsonPropertyDescription("What last went wrong with the connection, even if it is well now.") @Nullable
        String lastError,

        @JsonPropertyDescription("When that was.") @Nullable String lastErrorTime)
        implements Reported {
    /** The status before the first attempt to connect: all fields are null. */
    public static final ConnectionStatus NOTHING =
            new ConnectionStatus(null, null, null, null, null, null, null, null, null, null, null, null, null);
}
