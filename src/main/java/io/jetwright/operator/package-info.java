/** The reconcilers: one loop for whatever lives in JetStream, and a thin class for each kind. */
@NullMarked
package io.jetwright.operator;

import org.jspecify.annotations.NullMarked;
