package io.jetwright.relay;

/** Why dead letters cannot be stored for now. The message says what to do. */
final class Obstacle extends Exception {
    private static final long serialVersionUID = 1L;

    Obstacle(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
