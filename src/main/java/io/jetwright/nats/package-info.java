/** How NATS lets somebody in: servers, credentials and TLS, how jnats is told of them, and what came of an attempt. */
@NullMarked
package io.jetwright.nats;

import org.jspecify.annotations.NullMarked;
