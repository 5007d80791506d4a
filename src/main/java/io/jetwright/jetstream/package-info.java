/** How the operator talks to NATS: a narrow interface to JetStream's API, and the connections behind it. */
@NullMarked
package io.jetwright.jetstream;

import org.jspecify.annotations.NullMarked;
