package io.jetwright.jetstream;

/** Is told when a thread waits long for an answer, so that another one can work in its place. */
public interface Pause {
    /** The calling thread is going to wait: the answer takes longer than most. */
    void begin();

    /** The wait of the calling thread is over. Blocks until the thread may go on. */
    void end();

    /** Does nothing, and never blocks. */
    Pause NONE = new Pause() {
        @Override
        public void begin() {}

        @Override
        public void end() {}
    };
}
