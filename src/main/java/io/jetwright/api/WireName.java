package io.jetwright.api;

/** A choice that has another name in JetStream's JSON. */
public interface WireName {
    /** The name in JetStream's JSON. */
    String wireName();
}
