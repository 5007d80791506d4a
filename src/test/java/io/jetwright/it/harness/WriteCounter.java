package io.jetwright.it.harness;

import com.fasterxml.jackson.databind.JsonNode;
import io.jetwright.jetstream.JetStream;
import io.jetwright.jetstream.JetStreamException;
import io.jetwright.jetstream.Live;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.ServerVersion;
import io.jetwright.plan.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Passes requests on, and keeps those that have changed something. */
public final class WriteCounter implements JetStream {
    private final JetStream real;
    private final List<String> writes = new ArrayList<>();

    public WriteCounter(JetStream real) {
        this.real = real;
    }

    /** Those since the last time that this was asked. */
    public List<String> writes() {
        List<String> all = List.copyOf(writes);
        writes.clear();
        return all;
    }

    @Override
    public ServerVersion serverVersion() throws JetStreamException {
        return real.serverVersion();
    }

    @Override
    public Optional<Live> read(AssetName name) throws JetStreamException {
        return real.read(name);
    }

    @Override
    public void readStreams(Consumer<Live> each) throws JetStreamException {
        real.readStreams(each);
    }

    @Override
    public void readConsumers(AssetName.StreamName stream, Consumer<Live> each) throws JetStreamException {
        real.readConsumers(stream, each);
    }

    @Override
    public Optional<Live> create(AssetName name, Settings settings) throws JetStreamException {
        Optional<Live> created = real.create(name, settings);
        created.ifPresent(live -> writes.add("create"));
        return created;
    }

    @Override
    public Live update(AssetName name, Settings settings) throws JetStreamException {
        Live live = real.update(name, settings);
        writes.add("update");
        return live;
    }

    @Override
    public void pause(AssetName.ConsumerName name, @Nullable JsonNode until) throws JetStreamException {
        real.pause(name, until);
        writes.add("pause");
    }

    @Override
    public void delete(AssetName name) throws JetStreamException {
        real.delete(name);
        writes.add("delete");
    }
}
