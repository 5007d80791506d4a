package io.jetwright.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A number or time of a status that changes while messages flow. A status in which only measurements differ tells of nothing
 * that was declared, or that went wrong, so it need not be written at once.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Measurement {}
