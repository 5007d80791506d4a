package io.jetwright.jetstream;

/** Lets others work while somebody waits for an answer. */
public interface Pause {
    /** The calling thread is going to wait, longer than an answer mostly takes. */
    void begin();

    /** The wait is over; returns when the thread may go on. */
    void end();

    /** Nobody else has to wait. */
    Pause NONE = new Pause() {
        @Override
        public void begin() {}

        @Override
        public void end() {}
    };
}
