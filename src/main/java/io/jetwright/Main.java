package io.jetwright;

import io.jetwright.cli.JetwrightCommand;

/** The entry point of jar and image. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(JetwrightCommand.commandLine().execute(args));
    }
}
