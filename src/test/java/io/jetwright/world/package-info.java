/** Simulated worlds: the operator's loop under every order of events, in one thread and in virtual time. */
@NullMarked
package io.jetwright.world;

import org.jspecify.annotations.NullMarked;
