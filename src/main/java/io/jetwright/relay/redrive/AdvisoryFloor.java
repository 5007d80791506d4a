package io.jetwright.relay.redrive;

import io.jetwright.jetstream.JetStreamException;
import io.jetwright.nats.ConnectionSettings;
import java.util.OptionalLong;

/** Up to which sequence the relay has finished with the advisories of a consumer. */
@FunctionalInterface
public interface AdvisoryFloor {
    /**
     * All advisories up to this one are acknowledged, so that the relay stores no dead letter for them again.
     *
     * @param stream in which the messages were, and not the one of their dead letters
     * @return empty if the relay serves no such consumer
     */
    OptionalLong read(ConnectionSettings connection, String stream, String consumer) throws JetStreamException;
}
