package io.jetwright.eventlogger;

import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** What is asked of the stream itself: GET /history, /events/{sequence} and /events/{sequence}/payload. */
final class HistoryEndpoint {
    static final String PATH = "/history";
    static final String EVENT_PATH = "/events/{sequence}";
    static final String PAYLOAD_PATH = EVENT_PATH + "/payload";

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final byte[] LINE_END = {'\n'};

    private final History history;
    private final Turns answers = new Turns(4, PATIENCE);
    private final Turns downloads = new Turns(2, PATIENCE);

    HistoryEndpoint(History history) {
        this.history = history;
    }

    /** Those for whom the stream is read. */
    Turns reads() {
        return history.reads();
    }

    /** Those whose answers are made, or taken by clients. */
    Turns answers() {
        return answers;
    }

    /** Those who take JSON lines. */
    Turns downloads() {
        return downloads;
    }

    /** What makes an answer that holds memory. */
    @FunctionalInterface
    private interface Making {
        Answer make();
    }

    /** Makes an answer in turn. The turn ends when the answer is written. */
    private static Answer inTurn(Turns turns, Making making) {
        turns.begin();
        boolean isMade = false;
        try {
            Answer answer = making.make().onEnd(turns::end);
            isMade = true;
            return answer;
        } finally {
            if (!isMade) {
                turns.end();
            }
        }
    }

    /** A page of the stream, or JSON lines. */
    Answer history(ServerRequest request) {
        HistoryQuery query = HistoryQuery.of(new QueryParameters(request.query()));
        return query.isLines()
                ? inTurn(
                        downloads,
                        () -> lines(
                                query, history.place(query), Client.of(request).deadline()))
                : inTurn(answers, () -> Answer.json(json(history.page(query))));
    }

    private static byte[] json(History.Page page) {
        return Json.write(writer -> {
            writer.writeStartObject();
            writer.writeArrayFieldStart("events");
            for (byte[] event : page.part().events()) {
                writer.writeRawValue(new String(event, StandardCharsets.UTF_8));
            }
            writer.writeEndArray();
            writer.writePOJOField("older", page.range().older());
            writer.writePOJOField("newer", page.range().newer());
            writer.writeBooleanField("complete", page.range().isComplete());
            writer.writeNumberField("first", page.first());
            writer.writeNumberField("last", page.last());
            writer.writeStringField("epoch", page.epoch().toString());
            writer.writeBooleanField("reset", page.isReset());
            writer.writeEndObject();
        });
    }

    private Answer lines(HistoryQuery query, History.Place place, Deadline deadline) {
        HistoryRange range = place.range();
        return new Answer(
                200,
                "application/x-ndjson",
                Map.of(
                        "Content-Disposition", attachment(history.stream() + ".jsonl"),
                        "Event-Logger-Older", String.valueOf(range.older()),
                        "Event-Logger-Newer", String.valueOf(range.newer()),
                        "Event-Logger-Complete", String.valueOf(range.isComplete()),
                        "Event-Logger-Epoch", place.epoch().toString(),
                        "Event-Logger-Reset", String.valueOf(place.isReset())),
                Answer.UNKNOWN_LENGTH,
                out -> writeLines(out, query, place, deadline));
    }

    /**
     * @param deadline by when the client has to have taken the part that is written
     */
    private void writeLines(OutputStream out, HistoryQuery query, History.Place place, Deadline deadline)
            throws IOException {
        HistoryRange range = place.range();
        long next = range.start();
        while (next < range.end()) {
            HistoryPart part;
            deadline.clear();
            try {
                part = history.part(query, new HistoryRange(next, range.end(), null, null, true), place.epoch());
            } catch (Problem problem) {
                // the response has begun, so that only its early end can tell of this
                throw new CloseConnectionException(problem.getMessage(), problem);
            }
            var lines = new ByteArrayOutputStream();
            for (byte[] event : part.events()) {
                lines.write(event);
                lines.write(LINE_END);
            }
            deadline.set(Deadline.toTake(lines.size()));
            lines.writeTo(out);
            next = part.next();
        }
    }

    /** One event, whole. */
    Answer event(ServerRequest request) {
        long sequence = sequence(request);
        return inTurn(answers, () -> Answer.json(history.event(sequence)));
    }

    /** The payload of an event, as the stream has it. */
    Answer payload(ServerRequest request) {
        long sequence = sequence(request);
        return inTurn(answers, () -> {
            StoredMessage message = history.message(sequence);
            if (message.isOmitted()) {
                throw Problem.of(
                        413,
                        "Content Too Large",
                        "the payload has %d bytes, more than this replica's memory takes; read it with: nats stream get %s %d"
                                .formatted(message.size(), history.stream(), sequence));
            }
            return Answer.of(
                    200,
                    "application/octet-stream",
                    Map.of("Content-Disposition", attachment(history.stream() + "-" + sequence + ".bin")),
                    message.payload());
        });
    }

    private static String attachment(String fileName) {
        return "attachment; filename=\"" + fileName.replaceAll("[^A-Za-z0-9._-]", "_") + "\"";
    }

    private static long sequence(ServerRequest request) {
        return Routes.sequence(request.path().path());
    }
}
