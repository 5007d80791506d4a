import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Publishes to an event logger at a steady rate while clients listen, and prints as JSON how long both took, and whether
 * anything was lost, doubled or out of order. Runs from its source: java EventLoggerBench.java PORT PID RATE SECONDS
 * LISTENERS. The stream has a fresh name's events only: nobody else may publish meanwhile. Times are of this process alone,
 * from before the request is sent; PID is the event logger's, whose memory is told.
 */
final class EventLoggerBench {
    private static final int PUBLISHERS = 16;

    private final int port;
    private final int rate;
    private final int total;
    private final List<Listener> listeners = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicLong failures = new AtomicLong();
    private final long[] publish;

    private EventLoggerBench(int port, int rate, int seconds) {
        this.port = port;
        this.rate = rate;
        this.total = rate * seconds;
        this.publish = new long[total];
    }

    public static void main(String[] arguments) throws Exception {
        int[] numbers = Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
        new EventLoggerBench(numbers[0], numbers[2], numbers[3]).run(numbers[1], numbers[4]);
    }

    private void run(int pid, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            listeners.add(new Listener(i == 0));
        }
        for (Listener listener : listeners) {
            listener.begun.await();
        }
        long began = System.nanoTime();
        List<Thread> publishers = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            publishers.add(Thread.ofPlatform().start(() -> publish(began)));
        }
        for (Thread publisher : publishers) {
            publisher.join();
        }
        double took = (System.nanoTime() - began) / 1e9;
        long deadline = System.nanoTime() + 30_000_000_000L;
        for (Listener listener : listeners) {
            while (listener.events < total && System.nanoTime() < deadline) {
                Thread.sleep(20);
            }
        }
        double drained = (System.nanoTime() - began) / 1e9;
        Thread.sleep(500); // for what would come twice
        long lost = 0;
        long wrong = 0;
        for (Listener listener : listeners) {
            lost += Math.max(0, total - listener.events);
            wrong += listener.wrong + Math.max(0, listener.events - total);
            if (listener.events != total) {
                System.err.println("a listener has got " + listener.events);
            }
        }
        System.out.printf(
                "{\"rate\": %d, \"listeners\": %d, \"published\": %d, \"failed\": %d, \"seconds\": %.2f, \"all_seen_s\": %.2f,"
                        + " \"publish_ms\": %s, \"visible_ms\": %s, \"lost\": %d, \"doubled_or_out_of_order\": %d,"
                        + " \"rss_mib\": %s, \"peak_rss_mib\": %s}%n",
                rate,
                listeners.size(),
                total,
                failures.get(),
                took,
                drained,
                percentiles(publish),
                listeners.isEmpty() ? "null" : percentiles(listeners.get(0).visible),
                lost,
                wrong,
                memory(pid, "VmRSS"),
                memory(pid, "VmHWM"));
        System.exit(0);
    }

    private static String percentiles(long[] nanoseconds) {
        long[] sorted = nanoseconds.clone();
        Arrays.sort(sorted);
        return String.format(
                "{\"p50\": %.2f, \"p99\": %.2f, \"max\": %.1f}",
                sorted[sorted.length / 2] / 1e6,
                sorted[(int) (sorted.length * 0.99)] / 1e6,
                sorted[sorted.length - 1] / 1e6);
    }

    private static String memory(int pid, String key) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith(key)) {
                return String.valueOf(Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024);
            }
        }
        return "null";
    }

    private Socket connect() throws IOException {
        var socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        return socket;
    }

    private void publish(long began) {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            var in = new BufferedInputStream(socket.getInputStream());
            for (int i = next.getAndIncrement(); i < total; i = next.getAndIncrement()) {
                long due = began + (long) (i * 1e9 / rate);
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                long start = System.nanoTime();
                byte[] body = ("{\"name\":\"bench.load\",\"data\":{\"i\":" + i + ",\"at\":" + start
                                + ",\"text\":\"an event of a usual size\"}}")
                        .getBytes(StandardCharsets.US_ASCII);
                byte[] head = ("POST /publish HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                + "Content-Length: " + body.length + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
                byte[] request = Arrays.copyOf(head, head.length + body.length);
                System.arraycopy(body, 0, request, head.length, body.length);
                out.write(request);
                if (!isPublished(in)) {
                    failures.incrementAndGet();
                }
                publish[i] = System.nanoTime() - start;
            }
        } catch (IOException e) {
            failures.incrementAndGet();
            System.err.println(e);
        }
    }

    private static boolean isPublished(InputStream in) throws IOException {
        String status = line(in);
        int length = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring(16));
            }
        }
        in.readNBytes(length);
        return status.startsWith("HTTP/1.1 200");
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the server has closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** Reads the stream of events; the first listener measures, the others only count. */
    private final class Listener {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final long[] visible;
        private volatile int events;
        private volatile int wrong;

        Listener(boolean isMeasuring) throws IOException {
            visible = new long[isMeasuring ? total : 0];
            Socket socket = connect();
            socket.getOutputStream()
                    .write("GET /events/stream?limit=0 HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            Thread.ofPlatform().daemon().start(() -> listen(in));
        }

        private void listen(InputStream in) {
            var buffer = new byte[1 << 16];
            var line = new byte[1 << 10];
            int length = 0;
            long last = -1;
            try {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    long now = System.nanoTime();
                    int seen = 0;
                    for (int i = 0; i < read; i++) {
                        byte c = buffer[i];
                        if (c != '\n') {
                            if (length < line.length) {
                                line[length++] = c;
                            }
                            continue;
                        }
                        if (length > 4 && line[0] == 'i' && line[1] == 'd' && line[2] == ':') {
                            long id = number(line, length);
                            if (last >= 0 && id != last + 1) {
                                wrong++;
                                System.err.println("after " + last + " came " + id);
                            }
                            last = id;
                            seen++;
                        } else if (visible.length > 0 && length > 6 && line[0] == 'd') {
                            String text = new String(line, 0, length, StandardCharsets.US_ASCII);
                            visible[(int) after(text, "\"i\":")] = now - after(text, "\"at\":");
                        } else if (length > 6 && line[0] == 'r' && line[1] == 'e') {
                            begun.countDown();
                        }
                        length = 0;
                    }
                    events += seen;
                }
            } catch (IOException e) {
                System.err.println("a listener has lost its connection: " + e);
            }
        }

        private static long number(byte[] line, int length) {
            return Long.parseLong(new String(line, 4, length - 4, StandardCharsets.US_ASCII).strip().split("-")[0]);
        }

        private static long after(String text, String key) {
            int from = text.indexOf(key) + key.length();
            int to = from;
            while (Character.isDigit(text.charAt(to))) {
                to++;
            }
            return Long.parseLong(text.substring(from, to));
        }
    }
}
