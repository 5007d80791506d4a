/** The command line. */
@NullMarked
package io.jetwright.cli;

import org.jspecify.annotations.NullMarked;
