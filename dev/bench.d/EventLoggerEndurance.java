import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Holds an event logger under load for a while, and prints as JSON whether its memory grew, and whether any listener has lost
 * or doubled an event. Runs from its source: java EventLoggerEndurance.java PORT PID SECONDS LISTENERS PERIOD_MS BYTES...
 * Each period publishes one event of the next of these sizes. Listeners come from several addresses of the loopback network,
 * 100 from each, and come back with the id of their last event if they lose their connection. The stream has no other events.
 */
final class EventLoggerEndurance {
    private static final int PER_ADDRESS = 100;
    private static final int SAMPLES = 10;

    private final int port;
    private final int pid;
    private final long seconds;
    private final int periodMillis;
    private final int[] sizes;
    private final List<Listener> listeners = new ArrayList<>();
    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 18);
    private volatile long published;
    private volatile long refused;
    private volatile boolean isOver;

    private EventLoggerEndurance(int[] arguments) throws IOException {
        port = arguments[0];
        pid = arguments[1];
        seconds = arguments[2];
        periodMillis = arguments[4];
        sizes = Arrays.copyOfRange(arguments, 5, arguments.length);
        for (int i = 0; i < arguments[3]; i++) {
            listeners.add(new Listener(i));
        }
    }

    public static void main(String[] arguments) throws Exception {
        new EventLoggerEndurance(
                        Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray())
                .run();
    }

    private void run() throws Exception {
        for (Listener listener : listeners) {
            listener.connect();
        }
        Thread reading = Thread.ofPlatform().daemon().start(this::read);
        while (listeners.stream().anyMatch(each -> !each.hasBegun)) {
            Thread.sleep(50);
        }
        Thread publishing = Thread.ofPlatform().start(this::publish);
        List<Long> rss = new ArrayList<>();
        for (int i = 0; i < SAMPLES; i++) {
            Thread.sleep(seconds * 1_000 / SAMPLES);
            rss.add(memory("VmRSS"));
            System.err.printf("%d s: RSS %d MiB, %d published, slowest listener has %d%n",
                    (i + 1) * seconds / SAMPLES, rss.getLast(), published, slowest());
        }
        isOver = true;
        publishing.join();
        awaitTheRest();
        Thread.sleep(500); // for what would come twice
        System.out.printf(
                "{\"seconds\": %d, \"listeners\": %d, \"published\": %d, \"refused_and_repeated\": %d, \"lost\": %d,"
                        + " \"doubled_or_out_of_order\": %d, \"reconnected\": %d, \"rss_mib\": %s, \"peak_rss_mib\": %d}%n",
                seconds,
                listeners.size(),
                published,
                refused,
                listeners.stream().mapToLong(each -> Math.max(0, published - each.events)).sum(),
                listeners.stream().mapToLong(each -> each.wrong).sum(),
                listeners.stream().mapToLong(each -> each.connections - 1).sum(),
                rss,
                memory("VmHWM"));
        reading.interrupt();
        System.exit(0);
    }

    /** Until each listener has all, or none has got any for a minute: how long it takes is the machine's matter. */
    private void awaitTheRest() throws InterruptedException {
        long received = 0;
        for (int i = 0; i < 600 && slowest() < published; i++) {
            Thread.sleep(100);
            long now = listeners.stream().mapToLong(each -> each.events).sum();
            i = now > received ? 0 : i;
            received = now;
        }
    }

    private long slowest() {
        return listeners.stream().mapToLong(each -> each.events).min().orElse(published);
    }

    private long memory(String key) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith(key)) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
            }
        }
        throw new IOException("the event logger has ended");
    }

    private void publish() {
        long began = System.nanoTime();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            var in = new BufferedInputStream(socket.getInputStream());
            for (int i = 0; !isOver; i++) {
                long wait = began / 1_000_000 + (long) i * periodMillis - System.nanoTime() / 1_000_000;
                if (wait > 0) {
                    Thread.sleep(wait);
                }
                byte[] body = ("{\"name\":\"bench.load\",\"data\":\"" + "x".repeat(sizes[i % sizes.length]) + "\"}")
                        .getBytes(StandardCharsets.US_ASCII);
                do {
                    out.write(("POST /publish HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: " + body.length + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
                    out.write(body);
                } while (!isPublished(in));
                published++;
            }
        } catch (IOException | InterruptedException e) {
            System.err.println("publishing has ended: " + e);
            System.exit(1);
        }
    }

    private boolean isPublished(InputStream in) throws IOException, InterruptedException {
        String status = line(in);
        int length = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring(16));
            }
        }
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        if (status.startsWith("HTTP/1.1 200")) {
            return true;
        }
        if (!status.startsWith("HTTP/1.1 503")) {
            throw new IOException(status + " " + body);
        }
        refused++;
        Thread.sleep(200);
        return false;
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

    private void read() {
        try {
            while (true) {
                selector.select(200);
                for (SelectionKey key : selector.selectedKeys()) {
                    ((Listener) key.attachment()).read();
                }
                selector.selectedKeys().clear();
                for (Listener listener : listeners) {
                    listener.connectIfClosed();
                }
            }
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    /** Reads the stream of events, and remembers of each line no more than it takes to know the id. */
    private final class Listener {
        private static final int LONGEST_ID = 64;

        private final InetAddress address;
        private final byte[] line = new byte[LONGEST_ID];
        private SocketChannel channel;
        private int length;
        private String lastId = "";
        private String pendingId = "";
        private long lastSequence = -1;
        private volatile boolean hasBegun;
        private volatile long events;
        private volatile long wrong;
        private volatile int connections;

        Listener(int number) throws IOException {
            address = InetAddress.getByAddress(new byte[] {127, 0, 1, (byte) (1 + number / PER_ADDRESS)});
        }

        void connect() throws IOException {
            connections++;
            length = 0;
            pendingId = "";
            channel = SocketChannel.open().bind(new InetSocketAddress(address, 0));
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            String resume = lastId.isEmpty() ? "" : "Last-Event-ID: " + lastId + "\r\n";
            channel.write(ByteBuffer.wrap(("GET /events/stream?limit=0 HTTP/1.1\r\nHost: localhost\r\n" + resume + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII)));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        void connectIfClosed() throws IOException {
            if (!channel.isOpen()) {
                connect();
            }
        }

        void read() throws IOException {
            buffer.clear();
            int read;
            try {
                read = channel.read(buffer);
            } catch (IOException e) {
                read = -1;
            }
            if (read < 0) {
                channel.close();
                return;
            }
            buffer.flip();
            while (buffer.hasRemaining()) {
                byte c = buffer.get();
                if (c == '\n') {
                    end(new String(line, 0, Math.min(length, LONGEST_ID), StandardCharsets.US_ASCII));
                    length = 0;
                } else {
                    if (length < LONGEST_ID) {
                        line[length] = c;
                    }
                    length++;
                }
            }
        }

        private void end(String text) {
            if (text.startsWith("id: ")) {
                pendingId = text.substring(4).strip();
            } else if (text.startsWith("retry: ")) {
                hasBegun = true;
            } else if (text.isBlank() && !pendingId.isEmpty()) {
                long sequence = Long.parseLong(pendingId.split("-")[0]);
                if (lastSequence >= 0 && sequence != lastSequence + 1) {
                    wrong++;
                    System.err.println("after " + lastSequence + " came " + sequence);
                }
                lastSequence = sequence;
                lastId = pendingId;
                pendingId = "";
                events++;
            }
        }
    }
}
