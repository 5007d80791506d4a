package io.jetwright.it.harness;

import io.jetwright.api.Asset;

/** Resources as their users write them. */
public final class Manifests {
    private Manifests() {}

    public static String stream(String name, String spec) {
        return manifest("Stream", name, spec);
    }

    public static String consumer(String name, String spec) {
        return manifest("Consumer", name, spec);
    }

    public static String keyValue(String name, String spec) {
        return manifest("KeyValue", name, spec);
    }

    public static String objectStore(String name, String spec) {
        return manifest("ObjectStore", name, spec);
    }

    public static String connection(String name, String spec) {
        return manifest("Connection", name, spec);
    }

    public static String eventLogger(String name, String spec) {
        return manifest("EventLogger", name, spec);
    }

    public static String redrive(String name, String spec) {
        return manifest("Redrive", name, spec);
    }

    public static String manifest(String kind, String name, String spec) {
        return """
                apiVersion: %s/%s
                kind: %s
                metadata:
                  name: %s
                spec:
                %s""".formatted(Asset.GROUP, Asset.VERSION, kind, name, spec.indent(2));
    }
}
