package io.jetwright.relay.redrive;

import io.jetwright.api.RedriveSpec;
import java.time.Instant;

/**
 * One Redrive, and what it works on.
 *
 * @param name namespace/name
 * @param created when the resource was created
 * @param stream the name of the stream of dead letters in JetStream
 */
record RedriveTask(String name, String uid, Instant created, RedriveSpec spec, String stream) {}
