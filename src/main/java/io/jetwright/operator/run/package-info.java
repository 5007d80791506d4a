/** The operator as a process: its settings, what it checks before it starts, leadership, probes and metrics. */
@NullMarked
package io.jetwright.operator.run;

import org.jspecify.annotations.NullMarked;
