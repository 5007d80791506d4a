/** Which NATS a resource is to use: Connections and their Secrets, as they are now, resolved to settings. */
@NullMarked
package io.jetwright.operator.connection;

import org.jspecify.annotations.NullMarked;
