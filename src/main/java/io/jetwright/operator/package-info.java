/** What starts the operator: it wires the rooms below to each other, to Kubernetes and to NATS. */
@NullMarked
package io.jetwright.operator;

import org.jspecify.annotations.NullMarked;
