package io.jetwright.it.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A listener of /events/stream, on a plain socket; it reads until it is closed or the server ends. */
public final class EventStreamClient implements AutoCloseable {
    /**
     * What came, oldest first.
     *
     * @param id the sequence
     * @param eventId the whole id, with which another client can go on after it
     */
    public record Received(long id, String eventId, String data) {}

    private final boolean keepsData;
    private final Socket socket;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Thread reading;
    private volatile String head = "";

    /**
     * @param query with its question mark; may be empty
     * @param headers complete lines
     */
    public EventStreamClient(EventLoggerProcess app, String query, String... headers) throws IOException {
        this(app, true, query, headers);
    }

    /**
     * @param keepsData whether what comes is kept; else only the ids are
     */
    private EventStreamClient(EventLoggerProcess app, boolean keepsData, String query, String... headers)
            throws IOException {
        this.keepsData = keepsData;
        socket = new Socket(InetAddress.getLoopbackAddress(), app.port());
        String lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        socket.getOutputStream()
                .write(("GET /events/stream" + query + " HTTP/1.1\r\nHost: localhost\r\n" + lines + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        reading = Thread.startVirtualThread(() -> read(in));
    }

    /** A listener that keeps only the ids of what comes. */
    public static EventStreamClient ofIds(EventLoggerProcess app, String query, String... headers) throws IOException {
        return new EventStreamClient(app, false, query, headers);
    }

    private void read(InputStream in) {
        try (var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            head = reader.readLine();
            String id = "";
            // lines of chunk sizes are none of these
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring("id: ".length());
                } else if (line.startsWith("data: ")) {
                    received.add(new Received(
                            Long.parseLong(id.substring(0, id.indexOf('-'))),
                            id,
                            keepsData ? line.substring("data: ".length()) : ""));
                }
            }
        } catch (IOException e) {
            // closed
        }
    }

    /** The status line; empty before it came. */
    public String head() {
        return head;
    }

    public List<Received> received() {
        return received;
    }

    public List<Long> ids() {
        return received.stream().map(Received::id).toList();
    }

    /** Waits until the server has ended the stream. */
    public boolean hasEnded() throws InterruptedException {
        return reading.join(Eventually.PATIENCE);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
