package io.jetwright.letter;

/** A header of a message. */
public record Header(String name, String value) {}
