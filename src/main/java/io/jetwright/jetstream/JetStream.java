package io.jetwright.jetstream;

import com.fasterxml.jackson.databind.JsonNode;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.ServerVersion;
import io.jetwright.plan.Settings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What Jetwright asks of JetStream, one request a call. Calls block; none takes longer than a few seconds. */
public interface JetStream {
    /** The version of the server that the connection goes to. */
    ServerVersion serverVersion() throws JetStreamException;

    /**
     * The object as it is, and of an object store the number of its objects as {@code total}; empty when there is none. A consumer whose
     * stream is missing is {@code NoStream}.
     */
    Optional<Live> read(AssetName name) throws JetStreamException;

    /**
     * Creates the object. One that exists with this very configuration counts as created.
     *
     * @return empty when one exists with another configuration, which is left as it is
     */
    Optional<Live> create(AssetName name, Settings settings) throws JetStreamException;

    /** Gives the object this configuration, and the server's defaults for all that it does not say. */
    Live update(AssetName name, Settings settings) throws JetStreamException;

    /**
     * Pauses a consumer, or resumes it.
     *
     * @param until a time in RFC 3339; null resumes at once
     */
    void pause(AssetName.ConsumerName name, @Nullable JsonNode until) throws JetStreamException;

    /** Deletes the object with everything in it; one that is not there is no error. */
    void delete(AssetName name) throws JetStreamException;
}
