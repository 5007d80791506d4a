/** When a resource is reconciled again: the one hub for news from JetStream and connections, and the intervals. */
@NullMarked
package io.jetwright.operator.wake;

import org.jspecify.annotations.NullMarked;
