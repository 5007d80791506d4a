/** The entry point. */
@NullMarked
package io.jetwright;

import org.jspecify.annotations.NullMarked;
