package io.jetwright.jetstream;

import com.fasterxml.jackson.databind.JsonNode;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.ServerVersion;
import io.jetwright.plan.Settings;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The operations of JetStream's API that Jetwright uses. Each call is one request, unless its description says otherwise,
 * and blocks until the answer is there; after a few seconds it fails with {@link JetStreamException.Unreachable}. While
 * there is no connection, calls fail at once.
 *
 * <p>All calls fail with a {@link JetStreamException} that says why. If a call is about a consumer whose stream does not
 * exist, that is {@link JetStreamException.NoStream}, except from {@link #delete}.
 */
public interface JetStream {
    /**
     * The version of the server that decides: of the connected one, for which no request is sent; behind a domain or prefix of
     * those that have JetStream there, which are asked once a minute.
     */
    ServerVersion serverVersion() throws JetStreamException;

    /**
     * Reads an object.
     *
     * @return the object; if it is the stream of an object store, its {@link Live#info} has the number of stored objects as
     *     {@code total}. Empty if the object does not exist.
     */
    Optional<Live> read(AssetName name) throws JetStreamException;

    /**
     * Reads all streams of the account, with a request for every 256 of them. What is created or deleted meanwhile may be left out.
     *
     * @param each is called with one after the other
     */
    void readStreams(Consumer<Live> each) throws JetStreamException;

    /** As {@link #readStreams}, all consumers of a stream; none if the stream does not exist. */
    void readConsumers(AssetName.StreamName stream, Consumer<Live> each) throws JetStreamException;

    /**
     * Creates an object, in one or two requests.
     *
     * @return the object, also if it existed with the same configuration. Empty if it exists with another configuration,
     *     which does not change.
     */
    Optional<Live> create(AssetName name, Settings settings) throws JetStreamException;

    /**
     * Replaces the configuration of an object that exists.
     *
     * @param settings the whole configuration; the server's defaults replace whatever is absent
     */
    Live update(AssetName name, Settings settings) throws JetStreamException;

    /**
     * Pauses a consumer, or ends its pause.
     *
     * @param until when the pause ends, as JetStream's JSON has it (RFC 3339); null ends it at once
     */
    void pause(AssetName.ConsumerName name, @Nullable JsonNode until) throws JetStreamException;

    /** Deletes an object and its messages. Does nothing if it does not exist, or if its stream does not. */
    void delete(AssetName name) throws JetStreamException;
}
