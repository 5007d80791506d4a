package io.jetwright.operator.wake;

import io.jetwright.api.Asset;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.AssetName.StreamName;
import java.util.ArrayList;
import java.util.List;

/** Keeps the news that it is told. */
public final class FakeSubscriber implements Subscriber {
    private int freed;
    private final List<String> heard = new ArrayList<>();

    /** What was told since the last time that this was asked, such as {@code changed stream ORDERS}. */
    public List<String> heard() {
        List<String> news = List.copyOf(heard);
        heard.clear();
        return news;
    }

    /** How often it was told that something was freed, since the last time that this was asked. */
    public int freed() {
        int count = freed;
        freed = 0;
        return count;
    }

    @Override
    public void changed(ConnectionSettings connection, AssetName name) {
        heard.add("changed " + name);
    }

    @Override
    public void done(ConnectionSettings connection, AssetName name, Asset<?, ?> doer) {
        heard.add("done to " + name);
    }

    @Override
    public void counted(ConnectionSettings connection, StreamName stream) {
        heard.add("counted " + stream);
    }

    @Override
    public void freed(ConnectionSettings connection) {
        freed++;
    }

    @Override
    public void rerouted(String connection) {
        heard.add("rerouted " + connection);
    }

    @Override
    public void switched(String connection) {
        heard.add("switched " + connection);
    }

    @Override
    public void used(String connection) {
        heard.add("used " + connection);
    }
}
