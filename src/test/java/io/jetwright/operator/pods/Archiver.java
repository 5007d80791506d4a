package io.jetwright.operator.pods;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import io.jetwright.api.ConnectionReference;
import io.jetwright.api.StreamReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A made-up kind that runs pods, with a spec unlike that of the kinds that there are. */
@Group("example.com")
@Version("v1")
final class Archiver extends CustomResource<Archiver.Spec, Void> implements Namespaced {
    private static final long serialVersionUID = 1L;

    static final OwnedMetadata METADATA = new OwnedMetadata("archiver");

    record Spec(
            @Nullable StreamReference source,
            @Nullable String image,
            @Nullable ConnectionReference connection) {}

    static Archiver named(String name) {
        var archiver = new Archiver();
        archiver.setMetadata(new ObjectMetaBuilder()
                .withNamespace("shop")
                .withName(name)
                .withUid("uid-of-" + name)
                .build());
        archiver.setSpec(new Spec(null, null, null));
        return archiver;
    }

    /** What an archiver names to make its pods of. */
    PodReferences references() {
        return new PodReferences(
                getSpec().source(), null, getSpec().image(), getSpec().connection(), List.of());
    }
}
