package io.jetwright.world;

import static org.assertj.core.api.Assertions.fail;

import io.fabric8.kubernetes.api.model.Condition;
import io.jetwright.api.Asset;
import io.jetwright.api.AssetStatus;
import io.jetwright.api.DeletionPolicy;
import io.jetwright.api.RecreatePolicy;
import io.jetwright.operator.asset.FakeRoutes;
import io.jetwright.operator.asset.SimulatedOperator;
import io.jetwright.operator.asset.kind.Target;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.Difference;
import io.jetwright.plan.Owner;
import io.jetwright.plan.Settings;
import io.jetwright.status.Conditions;
import io.jetwright.status.Reason;
import io.jetwright.world.ModelApiServer.ResourceKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What must hold in every world. */
final class Invariants {
    /** How a resource may be for good that is not Ready, though nothing is in the way. */
    private static final Set<String> LASTING = List.of(
                    Reason.CONFLICT,
                    Reason.IMMUTABLE,
                    Reason.NOT_FOUND,
                    Reason.DRIFTED,
                    Reason.SUSPENDED,
                    Reason.REJECTED,
                    Reason.INVALID,
                    Reason.BLOCKED,
                    Reason.STREAM_NOT_READY,
                    Reason.CONNECTION_NOT_FOUND,
                    Reason.WAITING_UNTIL_EMPTY)
            .stream()
            .map(Reason::word)
            .collect(Collectors.toSet());

    private final World world;

    Invariants(World world) {
        this.world = world;
    }

    /** The operator has written to JetStream. */
    void written(String server, String verb, AssetName name, @Nullable Settings before, @Nullable Settings after) {
        Asset<?, ?> doer = world.working();
        if (doer == null) {
            throw new AssertionError("nobody works, and there is a request %s %s".formatted(verb, name));
        }
        SimulatedOperator operator = world.operator();
        Owner me = operator.owner(doer);
        if (doer.getSpec().observes() || doer.getSpec().suspends()) {
            fail("%s only observes, or is suspended, and there is a request %s %s", me, verb, name);
        }
        if (before == null || world.isTakenOver()) {
            // JetStream takes no request on condition that an object is still as it was read
            return;
        }
        Optional<Owner> owner = Owner.of(before);
        boolean isOthers = owner.isPresent() && !owner.get().equals(me);
        if (isOthers && !before.equals(after) && operator.mayStillHave(owner.get(), name, FakeRoutes.server(server))) {
            fail("%s writes %s %s, which belongs to %s", me, verb, name, owner.get());
        }
        if (verb.equals("delete")) {
            deleted(server, doer, me, name, owner);
        }
    }

    private void deleted(String server, Asset<?, ?> doer, Owner me, AssetName name, Optional<Owner> owner) {
        if (doer.isMarkedForDeletion()) {
            if (!owner.equals(Optional.of(me))) {
                fail("%s is deleted, and %s with it, which is not its own but %s", me, name, owner);
            }
            boolean isKept = doer.getSpec().retains()
                    || (doer.getSpec().deletionPolicy() == DeletionPolicy.DELETE_IF_EMPTY && lost(server, name) > 0);
            if (isKept) {
                fail("%s is deleted, and %s with it, against its deletionPolicy", me, name);
            }
            return;
        }
        RecreatePolicy policy = doer.getSpec().recreatePolicy();
        if (policy != RecreatePolicy.ALWAYS && !(policy == RecreatePolicy.IF_EMPTY && lost(server, name) == 0)) {
            fail("%s deletes %s to recreate it, against its recreatePolicy %s", me, name, policy);
        }
    }

    private long lost(String server, AssetName name) {
        return Objects.requireNonNull(world.servers.get(server)).lastRemoved(name);
    }

    /** A status is written: Ready is no lie. */
    void reported(SimulatedOperator operator, ResourceKey key, AssetStatus status) {
        Asset<?, ?> seen = operator.known(key.type(), key.id());
        if (seen == null
                || !isReady(status)
                || !Objects.equals(
                        status.observedGeneration(), seen.getMetadata().getGeneration())) {
            return;
        }
        if (!world.isDisturbedSinceRead()) {
            differences(operator, seen).ifPresent(lie -> fail("%s is reported as Ready, and %s", key, lie));
        }
    }

    /** A resource that is deleted is let go: what it owns is not left behind, unless its policy says so. */
    void ended(SimulatedOperator operator, Asset<?, ?> resource) {
        if (resource.getSpec().retains() || world.isTakenOver()) {
            return;
        }
        Target.Resolved last = operator.last(resource).orElse(null);
        if (last == null) {
            if (isSeen(resource)) {
                fail("%s ends, and where its object is cannot be told", ResourceKey.of(resource));
            }
            return;
        }
        Optional<Owner> owner =
                world.at(last.connection()).settings(last.name()).flatMap(Owner::of);
        if (owner.equals(Optional.of(operator.owner(resource))) && isSeen(resource)) {
            fail("%s ends, and leaves %s behind", ResourceKey.of(resource), last.name());
        }
    }

    private static boolean isSeen(Asset<?, ?> resource) {
        AssetStatus status = resource.getStatus();
        return status != null && status.created() != null;
    }

    private static boolean isReady(AssetStatus status) {
        return Conditions.find(status.conditions(), "Ready")
                .map(Condition::getStatus)
                .filter("True"::equals)
                .isPresent();
    }

    /** In what JetStream disagrees with a resource; empty if it agrees. */
    private Optional<String> differences(SimulatedOperator operator, Asset<?, ?> resource) {
        Target.Resolved target = operator.target(resource).orElse(null);
        if (target == null) {
            return Optional.of("what it names is not known");
        }
        Settings actual = world.at(target.connection()).settings(target.name()).orElse(null);
        if (actual == null) {
            return Optional.of(target.name() + " does not exist");
        }
        List<Difference> left = operator.differences(resource, target.name(), actual);
        return left.isEmpty() ? Optional.empty() : Optional.of(target.name() + " differs: " + Difference.show(left));
    }

    /** All is quiet. */
    void settled(SimulatedOperator operator) {
        for (Asset<?, ?> resource : world.api.all()) {
            settled(operator, resource);
        }
    }

    private void settled(SimulatedOperator operator, Asset<?, ?> resource) {
        ResourceKey key = ResourceKey.of(resource);
        AssetStatus status = resource.getStatus();
        Condition ready = status == null
                ? null
                : Conditions.find(status.conditions(), "Ready").orElse(null);
        if (status == null || ready == null) {
            fail("%s has no status", key);
            return;
        }
        if (resource.isMarkedForDeletion()) {
            if (!LASTING.contains(ready.getReason())) {
                fail("the deletion of %s does not end: %s", key, ready.getMessage());
            }
            return;
        }
        if (!Objects.equals(status.observedGeneration(), resource.getMetadata().getGeneration())) {
            fail(
                    "%s has generation %s, and its status tells of %s",
                    key, resource.getMetadata().getGeneration(), status.observedGeneration());
        }
        if (ready.getStatus().equals("True")) {
            differences(operator, resource).ifPresent(lie -> fail("%s is Ready, and %s", key, lie));
        } else if (!LASTING.contains(ready.getReason())) {
            fail("%s stays %s: %s", key, ready.getReason(), ready.getMessage());
        } else {
            justified(operator, resource, key, ready);
        }
    }

    /** Somebody else must have what a resource waits for. */
    private void justified(SimulatedOperator operator, Asset<?, ?> resource, ResourceKey key, Condition ready) {
        if (!ready.getReason().equals(Reason.CONFLICT.word())) {
            return;
        }
        Target.Resolved target = operator.target(resource).orElseThrow();
        boolean isShared = world.api.all().stream()
                .filter(other -> !ResourceKey.of(other).equals(key))
                .anyMatch(other -> operator.mayName(other, target.name()));
        boolean isForeign = world.at(target.connection())
                .settings(target.name())
                .flatMap(Owner::of)
                .filter(owner -> !owner.cluster().equals("here"))
                .isPresent();
        if (!isShared && !isForeign) {
            fail("%s waits for %s, which nobody else names: %s", key, target.name(), ready.getMessage());
        }
    }
}
