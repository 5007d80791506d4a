/** What Argo CD, Flux and kubectl make of the resources, for tests. */
@NullMarked
package io.jetwright.gitops;

import org.jspecify.annotations.NullMarked;
