/**
 * What the integration tests run on: Kubernetes, NATS and the programs under test as processes, the clients that ask
 * them, and {@link io.jetwright.it.harness.Installation}, by which a test says what it needs.
 */
@NullMarked
package io.jetwright.it.harness;

import org.jspecify.annotations.NullMarked;
