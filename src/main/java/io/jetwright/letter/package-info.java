/** What a dead letter is, as pure functions: from a message and its death to subject, headers and payload. */
@NullMarked
package io.jetwright.letter;

import org.jspecify.annotations.NullMarked;
