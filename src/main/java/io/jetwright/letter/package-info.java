/** Dead letters, as pure functions: which Consumers may have them, and what becomes of a message that has died. */
@NullMarked
package io.jetwright.letter;

import org.jspecify.annotations.NullMarked;
