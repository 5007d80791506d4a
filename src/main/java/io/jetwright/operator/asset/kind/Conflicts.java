package io.jetwright.operator.asset.kind;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.jetwright.api.Asset;
import io.jetwright.plan.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The resources that wait for a JetStream object which another resource has, or names and comes first. They are remembered
 * from their report of a conflict until they are woken, or have the object.
 */
public final class Conflicts {
    private final Map<Waiting, Conflict> conflicts = new ConcurrentHashMap<>();

    private record Waiting(Class<?> kind, ResourceID id) {
        static Waiting of(Asset<?, ?> resource) {
            return new Waiting(resource.getClass(), ResourceID.fromResource(resource));
        }
    }

    /**
     * Why a resource waits.
     *
     * @param object what it waits for
     * @param other the resource that it waits for, as an owner
     * @param owns whether that one owns the object; otherwise it names it, too, and is older
     */
    public record Conflict(Target.Resolved object, Owner other, boolean owns) {}

    /** A resource waits. */
    public void put(Asset<?, ?> resource, Conflict conflict) {
        conflicts.put(Waiting.of(resource), conflict);
    }

    /** The resource does not wait any more. */
    public void remove(Asset<?, ?> resource) {
        conflicts.remove(Waiting.of(resource));
    }

    /** Forgets the conflicts with this resource that are over, and returns the objects that others waited for. */
    public List<Target.Resolved> take(Owner other, Predicate<Conflict> isOver) {
        List<Target.Resolved> taken = new ArrayList<>();
        conflicts.forEach((waiting, conflict) -> {
            if (conflict.other().equals(other) && isOver.test(conflict) && conflicts.remove(waiting, conflict)) {
                taken.add(conflict.object());
            }
        });
        return taken.stream().distinct().toList();
    }
}
