package io.jetwright.api;

/** A choice that JetStream's JSON names in its own way. */
public interface WireName {
    /** The value as it stands in JetStream's JSON. */
    String wireName();
}
