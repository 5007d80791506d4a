package io.jetwright.eventlogger;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** An event that the log has dropped while a client was taking it: reads it from the stream, if it comes to that. */
final class DroppedEvent implements AutoCloseable {
    private final EventFeed feed;
    private final EventWriter writer;
    private final EventId id;
    private CatchUp.@Nullable Part part;
    private boolean isRead;

    /**
     * @param writer that has written a part of the event already
     */
    DroppedEvent(EventFeed feed, EventWriter writer, EventId id) {
        this.feed = feed;
        this.writer = writer;
        this.id = id;
    }

    /** The event; null if the stream does not have it any more, or cannot be read. */
    @Nullable
    Event find() {
        if (!isRead) {
            isRead = true;
            part = read();
        }
        CatchUp.Part found = part;
        Event first = found == null || found.events().isEmpty()
                ? null
                : found.events().getFirst();
        return first == null || !first.id().equals(id) ? null : first;
    }

    private CatchUp.@Nullable Part read() {
        try {
            // nothing else can be sent in the middle of an event, not even a sign of life
            CatchUp.Part found = feed.catchUp().read(id.sequence(), null, null, () -> !feed.isClosed());
            if (found != null) {
                writer.beginPart(found.bytes());
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    @Override
    public void close() {
        CatchUp.Part found = part;
        if (found != null) {
            writer.endPart();
            found.close();
        }
    }
}
