/** How resources are told of, whatever their kind: status patches and Kubernetes Events. */
@NullMarked
package io.jetwright.operator.report;

import org.jspecify.annotations.NullMarked;
