/** EventLogger: one resource becomes a Consumer, a Deployment, a Service and an Ingress. */
@NullMarked
package io.jetwright.operator.eventlogger;

import org.jspecify.annotations.NullMarked;
