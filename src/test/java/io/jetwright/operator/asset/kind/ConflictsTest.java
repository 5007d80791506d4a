package io.jetwright.operator.asset.kind;

import static io.jetwright.operator.asset.Resources.consumer;
import static io.jetwright.operator.asset.Resources.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.api.Asset;
import io.jetwright.operator.asset.Resources;
import io.jetwright.operator.asset.kind.Conflicts.Conflict;
import io.jetwright.plan.AssetName.StreamName;
import io.jetwright.plan.Owner;
import org.junit.jupiter.api.Test;

class ConflictsTest {
    private static final Owner OTHER = new Owner("here", "shop", "other");
    private static final Owner ANOTHER = new Owner("here", "shop", "another");
    private static final Target.Resolved ORDERS = new Target.Resolved(Resources.CONNECTION, new StreamName("ORDERS"));
    private static final Target.Resolved BILLS = new Target.Resolved(Resources.CONNECTION, new StreamName("BILLS"));

    private final Conflicts conflicts = new Conflicts();

    private void waits(Asset<?, ?> resource, Target.Resolved object, Owner other) {
        conflicts.put(resource, new Conflict(object, other, true));
    }

    @Test
    void aConflictThatIsOverIsTakenOnce() {
        waits(stream("orders", "{}"), ORDERS, OTHER);
        assertThat(conflicts.take(OTHER, conflict -> false)).isEmpty();
        assertThat(conflicts.take(OTHER, conflict -> true)).containsExactly(ORDERS);
        assertThat(conflicts.take(OTHER, conflict -> true)).isEmpty();
    }

    @Test
    void onlyTheConflictsWithTheResourceInQuestionAreTaken() {
        waits(stream("orders", "{}"), ORDERS, OTHER);
        waits(stream("bills", "{}"), BILLS, ANOTHER);
        assertThat(conflicts.take(ANOTHER, conflict -> true)).containsExactly(BILLS);
        assertThat(conflicts.take(OTHER, conflict -> true)).containsExactly(ORDERS);
    }

    @Test
    void anObjectThatSeveralWaitForIsReturnedOnce() {
        waits(stream("a", "{}"), ORDERS, OTHER);
        waits(stream("b", "{}"), ORDERS, OTHER);
        waits(stream("c", "{}"), BILLS, OTHER);
        assertThat(conflicts.take(OTHER, conflict -> true)).containsExactlyInAnyOrder(ORDERS, BILLS);
    }

    @Test
    void aResourceHasOneConflictAtATime() {
        waits(stream("orders", "{}"), ORDERS, OTHER);
        waits(stream("orders", "{}"), ORDERS, ANOTHER);
        assertThat(conflicts.take(OTHER, conflict -> true)).isEmpty();
        assertThat(conflicts.take(ANOTHER, conflict -> true)).containsExactly(ORDERS);
    }

    @Test
    void aResourceThatWaitsNoMoreIsForgottenAndItsNamesakeOfAnotherKindIsNot() {
        waits(stream("orders", "{}"), ORDERS, OTHER);
        waits(consumer("orders", "{streamName: BILLS}"), BILLS, OTHER);
        conflicts.remove(stream("orders", "{}"));
        assertThat(conflicts.take(OTHER, conflict -> true)).containsExactly(BILLS);
    }
}
