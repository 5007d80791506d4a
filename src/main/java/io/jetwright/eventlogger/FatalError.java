package io.jetwright.eventlogger;

/** An error in a thread of Helidon, which catches it: the process would go on as if nothing had been. */
final class FatalError {
    private FatalError() {}

    /** Does what is done when an error ends a thread. */
    static void tell(Error error) {
        Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
        if (handler != null) {
            handler.uncaughtException(Thread.currentThread(), error);
        }
    }
}
