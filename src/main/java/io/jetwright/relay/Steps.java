package io.jetwright.relay;

/** Is told how far a death is dealt with, so that a test can stop the relay there. */
@FunctionalInterface
public interface Steps {
    /** Nobody listens. */
    Steps NONE = step -> {};

    /** The steps, in their order. */
    enum Step {
        /** The message was read. */
        READ,
        /** Its letter is stored. */
        STORED,
        /** The message was acknowledged on behalf of its consumer. */
        ACKNOWLEDGED
    }

    /** This step was taken, and the next one was not. */
    void reached(Step step);
}
