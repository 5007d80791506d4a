/** What is written about Jetwright holds: its links lead somewhere, and its YAML is what the API server takes. */
@NullMarked
package io.jetwright.docs;

import org.jspecify.annotations.NullMarked;
