/** Connections to NATS: their settings (servers, credentials, TLS), connecting with jnats for ever, and why that fails. */
@NullMarked
package io.jetwright.nats;

import org.jspecify.annotations.NullMarked;
