/** Configuration from environment variables: what they are called, and reading them with errors that name them. */
@NullMarked
package io.jetwright.environment;

import org.jspecify.annotations.NullMarked;
