/** EventLogger: one resource becomes a Consumer, a Deployment, a Service and what else it asks for. */
@NullMarked
package io.jetwright.operator.eventlogger;

import org.jspecify.annotations.NullMarked;
