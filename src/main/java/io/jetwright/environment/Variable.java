package io.jetwright.environment;

/** An environment variable. What configures a command is an enum of these. */
public interface Variable {
    /** As it is set. */
    String name();

    /** Used where the variable is not set, or is blank; may be empty. */
    String defaultValue();

    /** What it is for, in one line. */
    String description();
}
