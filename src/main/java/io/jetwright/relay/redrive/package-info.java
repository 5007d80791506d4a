/** Redrives: which dead letters are sent back, where to, how fast, and how each of them is sent once. */
@NullMarked
package io.jetwright.relay.redrive;

import org.jspecify.annotations.NullMarked;
