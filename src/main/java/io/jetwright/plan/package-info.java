/** Pure functions: from a spec to the settings it asks for, and from those and JetStream's own to the change needed. */
@NullMarked
package io.jetwright.plan;

import org.jspecify.annotations.NullMarked;
