/** The resources as users write them, and the parsing of what they write: durations, sizes, times. */
@NullMarked
package io.jetwright.api;

import org.jspecify.annotations.NullMarked;
