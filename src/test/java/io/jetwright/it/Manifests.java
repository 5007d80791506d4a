package io.jetwright.it;

import io.jetwright.api.Asset;

/** Resources as their users write them. */
final class Manifests {
    private Manifests() {}

    static String stream(String name, String spec) {
        return manifest("Stream", name, spec);
    }

    static String consumer(String name, String spec) {
        return manifest("Consumer", name, spec);
    }

    static String keyValue(String name, String spec) {
        return manifest("KeyValue", name, spec);
    }

    static String objectStore(String name, String spec) {
        return manifest("ObjectStore", name, spec);
    }

    static String connection(String name, String spec) {
        return manifest("Connection", name, spec);
    }

    static String eventLogger(String name, String spec) {
        return manifest("EventLogger", name, spec);
    }

    static String manifest(String kind, String name, String spec) {
        return """
                apiVersion: %s/%s
                kind: %s
                metadata:
                  name: %s
                spec:
                %s""".formatted(Asset.GROUP, Asset.VERSION, kind, name, spec.indent(2));
    }
}
