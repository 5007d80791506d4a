/** The relay of dead letters: a process that stores what consumers deliver no more, and sends it back when asked to. */
@NullMarked
package io.jetwright.relay;

import org.jspecify.annotations.NullMarked;
