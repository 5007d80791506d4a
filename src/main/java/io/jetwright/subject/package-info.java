/** Subjects of NATS and their wildcards, as pure functions. */
@NullMarked
package io.jetwright.subject;

import org.jspecify.annotations.NullMarked;
