package io.jetwright.operator.asset.kind;

import io.jetwright.api.Asset;
import io.jetwright.operator.connection.Route;
import io.jetwright.operator.connection.Routes;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.AssetName.StreamName;
import java.util.Optional;
import java.util.function.Function;

/** The naming of the kinds whose resources each declare a stream. */
final class StreamNaming<R extends Asset<?, ?>> implements Naming<R> {
    private final Routes routes;
    private final Function<R, StreamName> name;

    StreamNaming(Routes routes, Function<R, StreamName> name) {
        this.routes = routes;
        this.name = name;
    }

    @Override
    public Route route(R resource) {
        return routes.to(
                resource.getMetadata().getNamespace(), resource.getSpec().connectionRef());
    }

    @Override
    public Optional<Route> routeTo(R resource, AssetName name) {
        return this.name.apply(resource).equals(name) ? Optional.of(route(resource)) : Optional.empty();
    }

    @Override
    public String connection(R resource) {
        return routes.key(
                resource.getMetadata().getNamespace(), resource.getSpec().connectionRef());
    }

    @Override
    public Target resolve(R resource) {
        return Target.of(route(resource), name.apply(resource));
    }

    @Override
    public Target lastKnown(R resource) {
        return Target.of(routes.lastKnown(lastKnownConnection(resource)), name.apply(resource));
    }
}
