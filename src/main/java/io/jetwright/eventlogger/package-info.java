/** The event logger: a small HTTP app that publishes events to a stream and shows what arrived. */
@NullMarked
package io.jetwright.eventlogger;

import org.jspecify.annotations.NullMarked;
