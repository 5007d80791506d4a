/** The operator's access to JetStream: an interface to the operations that it uses, their failures, and the connections. */
@NullMarked
package io.jetwright.jetstream;

import org.jspecify.annotations.NullMarked;
