package io.jetwright.status;

/**
 * A condition that some resources have beside {@code Ready} and those that go with it. Its status is what its reason says of
 * {@link Reason#ready() Ready}; a reason that {@link Reason#isStalled() is stalled} keeps the resource from being Ready, too.
 *
 * @param type the condition's
 * @param message for people: what is so, and where something is to be done, what
 * @param isWarning whether somebody has to do something
 */
public record SideCondition(String type, Reason reason, String message, boolean isWarning) {
    public Truth status() {
        return reason.ready();
    }
}
