package io.jetwright.it.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The nats-server that a test needs, such as {@code 2.12} or {@code 2.14.4}; an older one of the {@link Installation} skips it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface NeedsNats {
    String value();
}
