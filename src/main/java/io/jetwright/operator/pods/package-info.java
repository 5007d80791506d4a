/** What every kind needs that runs pods which connect to NATS by a Connection, whatever the kind. */
@NullMarked
package io.jetwright.operator.pods;

import org.jspecify.annotations.NullMarked;
