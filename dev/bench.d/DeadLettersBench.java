import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.PublishAck;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures the relay of dead letters through a real API server, and prints JSON: how many letters it stores in a second, what it
 * and the operator cost while they wait, how fast a Redrive sends them back, how long it is from the last failed delivery to the
 * letter, whether workers notice the relay, and how it does with many Consumers on many Connections. Runs from its source:
 * java -cp JAR DeadLettersBench.java NATS_URL OPERATOR_PID RELAY_PID LETTERS IDLE_SECONDS. The server has the accounts A0 to A19,
 * with a user of the same name and password each. Times of a message are of this process alone.
 */
final class DeadLettersBench {
    private static final int PAYLOAD = 1024;
    private static final int CONNECTIONS = 20;
    private static final int CONSUMERS_PER_CONNECTION = 10;
    private static final int LETTERS_PER_CONSUMER = 50;
    private static final int LATENCY_PER_SECOND = 100;
    private static final int LATENCY_SECONDS = 30;
    private static final int DELIVERIES = 3;
    private static final int SUBJECTS = 10;
    private static final int WORKED = 200_000;
    private static final int BATCH = 200;
    private static final Duration PULL = Duration.ofSeconds(2);
    private static final int TICKS_PER_SECOND = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final String server;
    private final Map<String, Long> processes = new LinkedHashMap<>();
    private final int letters;
    private final int idleSeconds;
    private final KubernetesClient kubernetes = new KubernetesClientBuilder().build();
    private final Map<String, Object> results = new LinkedHashMap<>();

    private DeadLettersBench(String[] arguments) {
        server = arguments[0];
        processes.put("operator", Long.parseLong(arguments[1]));
        processes.put("relay", Long.parseLong(arguments[2]));
        letters = Integer.parseInt(arguments[3]);
        idleSeconds = Integer.parseInt(arguments[4]);
    }

    public static void main(String[] arguments) throws Exception {
        new DeadLettersBench(arguments).run();
        System.exit(0);
    }

    private void run() throws Exception {
        try (Connection nats = connect(null)) {
            measureRate(nats);
            measureIdle("with_" + letters + "_letters");
            measureRedrive(nats);
            measureLatency(nats);
            measureWorkers(nats);
        }
        measureMany();
        measureIdle("with_200_consumers");
        for (var process : processes.entrySet()) {
            results.put(process.getKey() + "_peak_rss_mib", memory(process.getValue(), "VmHWM"));
        }
        System.out.println(json(results));
    }

    private Connection connect(String user) throws Exception {
        var options = new Options.Builder().server(server).maxReconnects(-1);
        return Nats.connect(user == null ? options.build() : options.userInfo(user, user).build());
    }

    private void measureRate(Connection nats) throws Exception {
        say("%d messages of %d bytes fail", letters, PAYLOAD);
        apply(stream("orders", "{subjects: [orders.>], retention: workqueue}"));
        apply(stream("orders-dead", "{subjects: [dead-letters.orders.>]}"));
        publish(nats, "orders", SUBJECTS, letters);
        apply(consumer("worker", "{streamRef: {name: orders}, maxDeliver: 1, ackWait: 30s, maxAckPending: -1,"
                + " deadLetter: {streamRef: {name: orders-dead}}}"));
        Map<String, Long> before = cpu();
        long began = System.nanoTime();
        JetStreamSubscription worker = worker(nats, "orders", "worker");
        for (int taken = 0; taken < letters; ) {
            List<Message> batch = worker.fetch(500, Duration.ofSeconds(5));
            batch.forEach(Message::nak);
            taken += batch.size();
        }
        long failed = System.nanoTime();
        while (messages(nats, "orders-dead") < letters) {
            worker.fetch(1, Duration.ofMillis(100));
        }
        double seconds = seconds(began);
        worker.unsubscribe();
        results.put("letters", letters);
        results.put("all_failed_s", (failed - began) / 1e9);
        results.put("all_letters_s", seconds);
        results.put("letters_per_second", letters / seconds);
        putCpu("while_storing", before, seconds);
    }

    /** What the processes cost while nothing happens. */
    private void measureIdle(String when) throws Exception {
        say("nothing happens for %d s", idleSeconds);
        Thread.sleep(10_000); // until all that has happened is told
        Map<String, Long> before = cpu();
        long began = System.nanoTime();
        Thread.sleep(idleSeconds * 1_000L);
        putCpu("idle_" + when, before, seconds(began));
        for (var process : processes.entrySet()) {
            results.put(process.getKey() + "_rss_mib_" + when, memory(process.getValue(), "VmRSS"));
            results.put(process.getKey() + "_anonymous_rss_mib_" + when, memory(process.getValue(), "RssAnon"));
        }
    }

    private void measureRedrive(Connection nats) throws Exception {
        say("they are sent back");
        apply(stream("retry", "{subjects: [retry.>]}"));
        apply(resource("Consumer", "again", "{streamRef: {name: retry}}"));
        await("somebody gets what is sent back", () -> isReady("Consumer", "again"));
        long began = System.nanoTime();
        apply(resource("Redrive", "back", "{streamRef: {name: orders-dead}, to: {subject: 'retry.{subject}'}}"));
        long first = 0;
        long last = 0;
        while (last == 0) {
            long sent = messages(nats, "retry");
            if (first == 0 && sent > 0) {
                first = System.nanoTime();
            }
            if (sent >= letters && messages(nats, "orders-dead") == 0) {
                last = System.nanoTime();
            }
            Thread.sleep(20);
        }
        await("the Redrive says that it is done", () -> isReady("Redrive", "back"));
        results.put("redrive_s", seconds(began));
        results.put("redrive_letters_per_second_while_sending", letters / ((last - first) / 1e9));
        results.put("redrive_letters_per_second", letters / ((last - began) / 1e9));
    }

    private void measureLatency(Connection nats) throws Exception {
        int total = LATENCY_PER_SECOND * LATENCY_SECONDS;
        say("%d messages a second fail %d times each, for %d s", LATENCY_PER_SECOND, DELIVERIES, LATENCY_SECONDS);
        apply(stream("steady", "{subjects: [steady.>], retention: workqueue}"));
        apply(stream("steady-dead", "{subjects: [dead-letters.steady.>]}"));
        apply(consumer("steady", ("{streamRef: {name: steady}, maxDeliver: %d, ackWait: 30s, maxAckPending: -1,"
                        + " deadLetter: {streamRef: {name: steady-dead}}}")
                .formatted(DELIVERIES)));
        long[] failed = new long[total];
        long[] seen = new long[total];
        var count = new AtomicInteger();
        var listening = nats.createDispatcher(letter -> {
            int index = index(letter.getData());
            if (seen[index] == 0) {
                seen[index] = System.nanoTime();
                count.incrementAndGet();
            }
        });
        listening.subscribe("dead-letters.steady.>");
        var worker = Thread.ofPlatform().daemon().start(() -> fail(failed));
        long began = System.nanoTime();
        for (int i = 0; i < total; i++) {
            long wait = began + i * 1_000_000_000L / LATENCY_PER_SECOND - System.nanoTime();
            TimeUnit.NANOSECONDS.sleep(Math.max(0, wait));
            nats.publish("steady.eu", ByteBuffer.allocate(PAYLOAD).putInt(i).array());
        }
        await("all letters are there", () -> count.get() == total);
        worker.interrupt();
        nats.closeDispatcher(listening);
        long[] took = new long[total];
        Arrays.setAll(took, i -> (seen[i] - failed[i]) / 1_000);
        Arrays.sort(took);
        results.put("failure_to_letter_ms_p50", took[total / 2] / 1e3);
        results.put("failure_to_letter_ms_p99", took[total * 99 / 100] / 1e3);
        results.put("failure_to_letter_ms_max", took[total - 1] / 1e3);
    }

    /** Refuses what it gets, and notes when it did so for the last time. */
    private void fail(long[] failed) {
        try (Connection nats = connect(null)) {
            JetStreamSubscription worker = worker(nats, "steady", "steady");
            while (!Thread.currentThread().isInterrupted()) {
                worker.pullExpiresIn(BATCH, PULL);
                int left = BATCH;
                for (Message each = worker.nextMessage(PULL); each != null; each = worker.nextMessage(PULL)) {
                    if (each.metaData().deliveredCount() == DELIVERIES) {
                        failed[index(each.getData())] = System.nanoTime();
                    }
                    each.nak();
                    left--;
                    if (left <= BATCH / 2) { // so that one request is always open, as of a worker that is there
                        worker.pullExpiresIn(BATCH - left, PULL);
                        left = BATCH;
                    }
                }
            }
        } catch (Exception e) {
            if (!Thread.currentThread().isInterrupted()) {
                e.printStackTrace();
            }
        }
    }

    /** How fast workers are whose consumer has dead letters, and others, by turns. */
    private void measureWorkers(Connection nats) throws Exception {
        say("workers with and without dead letters, %d messages each time", WORKED);
        apply(stream("work", "{subjects: [work.>]}"));
        apply(stream("work-dead", "{subjects: [dead-letters.work.>]}"));
        publish(nats, "work", 1, WORKED);
        Map<Boolean, List<Double>> rates = Map.of(true, new ArrayList<>(), false, new ArrayList<>());
        for (int i = 0; i < 10; i++) {
            boolean hasDeadLetters = i % 2 == 0;
            String name = "worker-" + i;
            apply(consumer(name, "{streamRef: {name: work}, maxDeliver: 3, maxAckPending: -1"
                    + (hasDeadLetters ? ", deadLetter: {streamRef: {name: work-dead}}}" : "}")));
            if (hasDeadLetters) {
                await("the relay serves " + name, () -> is("Consumer", name, "DeadLetters"));
            }
            JetStreamSubscription worker = worker(nats, "work", name);
            long began = System.nanoTime();
            for (int taken = 0; taken < WORKED; ) {
                List<Message> batch = worker.fetch(500, Duration.ofSeconds(5));
                batch.forEach(Message::ack);
                taken += batch.size();
            }
            nats.flush(Duration.ofSeconds(5));
            rates.get(hasDeadLetters).add(WORKED / seconds(began));
            worker.unsubscribe();
        }
        rates.forEach((hasDeadLetters, seen) -> {
            seen.sort(null);
            String name = "messages_per_second_" + (hasDeadLetters ? "with" : "without") + "_dead_letters";
            results.put(name + "_min", seen.get(0));
            results.put(name + "_median", seen.get(seen.size() / 2));
            results.put(name + "_max", seen.get(seen.size() - 1));
        });
    }

    private void measureMany() throws Exception {
        int consumers = CONNECTIONS * CONSUMERS_PER_CONNECTION;
        say("%d Consumers on %d Connections", consumers, CONNECTIONS);
        List<Connection> all = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            String account = "A" + i;
            String name = "account-" + i;
            apply("apiVersion: v1\nkind: Secret\nmetadata: {name: %s}\nstringData: {username: %s, password: %s}"
                    .formatted(name, account, account));
            create(resource("Connection", name, "{servers: ['%s'], user: {secret: {name: %s}}}".formatted(server, name)));
            create(stream(name + "-dead", "{subjects: [dead-letters.>], connectionRef: {name: %s}}".formatted(name)));
            for (int j = 0; j < CONSUMERS_PER_CONNECTION; j++) {
                String queue = name + "-" + j;
                create(stream(
                        queue,
                        "{subjects: [q%d.>], retention: workqueue, connectionRef: {name: %s}}".formatted(j, name)));
                create(consumer(queue, ("{streamRef: {name: %s}, maxDeliver: 1, ackWait: 30s,"
                                + " deadLetter: {streamRef: {name: %s-dead}}}")
                        .formatted(queue, name)));
            }
            all.add(connect(account));
        }
        for (int i = 0; i < CONNECTIONS; i++) {
            for (int j = 0; j < CONSUMERS_PER_CONNECTION; j++) {
                String name = "account-%d-%d".formatted(i, j);
                await("Consumer " + name + " is Ready", () -> isReady("Consumer", name));
                publish(all.get(i), "q" + j, 1, LETTERS_PER_CONSUMER);
            }
        }
        Map<String, Long> before = cpu();
        long began = System.nanoTime();
        for (int i = 0; i < CONNECTIONS; i++) {
            for (int j = 0; j < CONSUMERS_PER_CONNECTION; j++) {
                String name = "account-%d-%d".formatted(i, j);
                JetStreamSubscription worker = worker(all.get(i), name, name);
                int taken = 0;
                while (taken < LETTERS_PER_CONSUMER) {
                    List<Message> batch = worker.fetch(LETTERS_PER_CONSUMER - taken, Duration.ofSeconds(5));
                    batch.forEach(Message::nak);
                    taken += batch.size();
                }
                worker.unsubscribe();
            }
        }
        results.put("many_all_failed_s", seconds(began));
        for (int i = 0; i < CONNECTIONS; i++) {
            Connection nats = all.get(i);
            String dead = "account-" + i + "-dead";
            await(dead + " has all letters", () -> messages(nats, dead) == CONSUMERS_PER_CONNECTION * LETTERS_PER_CONSUMER);
        }
        double seconds = seconds(began);
        results.put("many_letters", consumers * LETTERS_PER_CONSUMER);
        results.put("many_all_letters_s", seconds);
        putCpu("with_many", before, seconds);
        results.put("relay_threads", memory(processes.get("relay"), "Threads"));
        for (Connection each : all) {
            each.close();
        }
    }

    private static JetStreamSubscription worker(Connection nats, String stream, String consumer) throws Exception {
        return nats.jetStream().subscribe(null, PullSubscribeOptions.fastBind(stream, consumer));
    }

    private static int index(byte[] payload) {
        return ByteBuffer.wrap(payload).getInt();
    }

    private static void publish(Connection nats, String prefix, int subjects, int messages) throws Exception {
        List<CompletableFuture<PublishAck>> acks = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            acks.add(nats.jetStream().publishAsync(prefix + "." + i % subjects, new byte[PAYLOAD]));
            if (acks.size() == 1_000 || i == messages - 1) {
                for (CompletableFuture<PublishAck> ack : acks) {
                    ack.get(10, TimeUnit.SECONDS);
                }
                acks.clear();
            }
        }
    }

    private static long messages(Connection nats, String stream) throws Exception {
        JetStreamManagement management = nats.jetStreamManagement();
        return management.getStreamInfo(stream).getStreamState().getMsgCount();
    }

    private static String resource(String kind, String name, String spec) {
        return "apiVersion: jetwright.io/v1beta1\nkind: %s\nmetadata: {name: %s}\nspec: %s".formatted(kind, name, spec);
    }

    private static String stream(String name, String spec) {
        return resource("Stream", name, spec);
    }

    private static String consumer(String name, String spec) {
        return resource("Consumer", name, spec);
    }

    private void create(String yaml) {
        kubernetes.resource(yaml).inNamespace("default").create();
    }

    private void apply(String yaml) throws Exception {
        create(yaml);
        var resource = kubernetes.resource(yaml).item();
        if (resource.getKind().equals("Stream") || resource.getKind().equals("Consumer")) {
            String name = resource.getMetadata().getName();
            await(name + " is Ready", () -> isReady(resource.getKind(), name));
        }
    }

    private boolean isReady(String kind, String name) {
        return is(kind, name, "Ready");
    }

    private boolean is(String kind, String name, String condition) {
        GenericKubernetesResource resource = kubernetes
                .genericKubernetesResources("jetwright.io/v1beta1", kind)
                .inNamespace("default")
                .withName(name)
                .get();
        List<Map<String, Object>> conditions = resource.get("status", "conditions");
        return conditions != null
                && conditions.stream()
                        .anyMatch(each -> condition.equals(each.get("type")) && "True".equals(each.get("status")));
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.call()) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("gave up waiting: " + what);
            }
            Thread.sleep(20);
        }
    }

    private Map<String, Long> cpu() throws IOException {
        Map<String, Long> ticks = new LinkedHashMap<>();
        for (var process : processes.entrySet()) {
            String stat = Files.readString(Path.of("/proc/" + process.getValue() + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            ticks.put(process.getKey(), Long.parseLong(fields[11]) + Long.parseLong(fields[12]));
        }
        return ticks;
    }

    private void putCpu(String when, Map<String, Long> before, double seconds) throws IOException {
        for (var process : cpu().entrySet()) {
            double used = (process.getValue() - before.get(process.getKey())) / (double) TICKS_PER_SECOND;
            results.put(process.getKey() + "_percent_of_a_core_" + when, 100 * used / seconds);
        }
    }

    private static long memory(long pid, String key) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith(key)) {
                long value = Long.parseLong(line.replaceAll("[^0-9]", ""));
                return line.endsWith("kB") ? value / 1024 : value;
            }
        }
        throw new IOException("process " + pid + " has ended");
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static void say(String what, Object... values) {
        System.err.printf("bench: " + what + "%n", values);
    }

    private static String json(Map<String, Object> values) {
        List<String> lines = new ArrayList<>();
        values.forEach((key, value) -> lines.add(
                value instanceof Double number
                        ? "  \"%s\": %s".formatted(key, String.format(Locale.ROOT, "%.2f", number))
                        : "  \"%s\": %s".formatted(key, value)));
        return "{\n" + String.join(",\n", lines) + "\n}";
    }
}
