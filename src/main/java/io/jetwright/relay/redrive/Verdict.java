package io.jetwright.relay.redrive;

import io.jetwright.status.Reason;

/** How a Redrive is, or how it has ended, in the words of its conditions. */
record Verdict(Reason reason, String message) {}
