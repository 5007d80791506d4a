package io.jetwright.jetstream;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the errors that nats-server sends to a user who lacks a permission. */
final class Violations {
    private static final Pattern PUBLICATION =
            Pattern.compile("Permissions Violation for Publish to \"([^\"]+)\"", Pattern.CASE_INSENSITIVE);

    private static final Pattern INBOX =
            Pattern.compile("Permissions Violation for Subscription to \"_INBOX[.]", Pattern.CASE_INSENSITIVE);

    private Violations() {}

    /** The subject that the user may not publish to; empty if the error is about something else. */
    static Optional<String> publication(String error) {
        Matcher publication = PUBLICATION.matcher(error);
        return publication.find() ? Optional.of(publication.group(1)) : Optional.empty();
    }

    /** Whether the user may not subscribe to inboxes, so that no answer arrives. */
    static boolean isOfInbox(String error) {
        return INBOX.matcher(error).find();
    }
}
