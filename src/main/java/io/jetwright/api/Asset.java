package io.jetwright.api;

/** A resource that declares one object in JetStream. */
public abstract class Asset<S extends AssetSpec, T extends AssetStatus> extends JetwrightResource<S, T> {
    private static final long serialVersionUID = 1L;

    @Override
    protected abstract Asset<S, T> empty();
}
