/** What every process on Kubernetes has: values of variables, a check of its rights before it starts, probes, metrics, its end. */
@NullMarked
package io.jetwright.process;

import org.jspecify.annotations.NullMarked;
