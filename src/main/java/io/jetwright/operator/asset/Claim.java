package io.jetwright.operator.asset;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.jetwright.plan.Owner;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Whether a resource may have a JetStream object: it owns it, it may take it, or another resource comes first. */
sealed interface Claim {
    /** Nobody else claims it. */
    record Granted() implements Claim {}

    /**
     * Another resource has it, or comes first.
     *
     * @param other that resource
     * @param owns whether the object's metadata names it; otherwise it is only older
     */
    record Refused(String message, Owner other, boolean owns) implements Claim {}

    /**
     * Decides.
     *
     * @param me the resource
     * @param owner whom the object's metadata names; empty when there is no object, or nobody has claimed it
     * @param isAlive whether an owner may still have the object
     * @param rivals other resources that name the same object and would claim it
     */
    static Claim of(
            HasMetadata resource,
            Owner me,
            Optional<Owner> owner,
            Predicate<Owner> isAlive,
            Stream<? extends HasMetadata> rivals) {
        if (owner.filter(me::equals).isPresent()) {
            return new Granted();
        }
        if (owner.filter(isAlive).isPresent()) {
            return new Refused(
                    "it belongs to %s (metadata %s), and is left alone: delete one of the two resources, or give this one another name in JetStream"
                            .formatted(describe(owner.get(), me), Owner.KEY),
                    owner.get(),
                    true);
        }
        return rivals.filter(rival -> AGE.compare(rival, resource) < 0)
                .min(AGE)
                .<Claim>map(older -> new Refused(
                        "%s%s/%s is older and names it too: delete one of the two resources, or give this one another name in JetStream"
                                .formatted(
                                        older.getKind().equals(resource.getKind())
                                                ? ""
                                                : "the " + older.getKind() + " ",
                                        older.getMetadata().getNamespace(),
                                        older.getMetadata().getName()),
                        Cluster.owner(me.cluster(), older),
                        false))
                .orElseGet(Granted::new);
    }

    /** The older first; of the same second, by namespace, name and kind. */
    Comparator<HasMetadata> AGE = Comparator.<HasMetadata, String>comparing(
                    resource -> resource.getMetadata().getCreationTimestamp())
            .thenComparing(resource -> resource.getMetadata().getNamespace())
            .thenComparing(resource -> resource.getMetadata().getName())
            .thenComparing(HasMetadata::getKind);

    private static String describe(Owner owner, Owner me) {
        String resource = kind(owner, me) + owner.namespace() + "/" + owner.name();
        return owner.cluster().equals(me.cluster())
                ? resource
                : resource + " of the Kubernetes cluster " + owner.cluster();
    }

    /** Only what declares a stream has owners of other kinds, and only that of a Stream is not named. */
    private static String kind(Owner owner, Owner me) {
        if (owner.kind().equals(me.kind())) {
            return "";
        }
        return "the " + (owner.kind().isEmpty() ? "Stream" : owner.kind()) + " ";
    }
}
