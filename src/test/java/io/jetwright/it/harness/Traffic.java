package io.jetwright.it.harness;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Messages that are published and worked on, some of them in vain, until it is closed. What a cluster refuses is tried again. */
public final class Traffic implements AutoCloseable {
    private static final Duration STEP = Duration.ofMillis(250);

    private final Connection connection;
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<Future<?>> work = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** Nothing flows yet. */
    public Traffic(NatsServer nats) {
        connection = nats.connection();
    }

    private void again(Duration pause, Callable<?> step) {
        work.add(threads.submit(() -> {
            while (!end.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    step.call();
                } catch (IOException | JetStreamApiException | IllegalStateException e) {
                    // the next time, as a worker would
                }
            }
            return null;
        }));
    }

    /** More and less in turns, 40 messages a second on average. */
    public Traffic publish(String subject) {
        int[] steps = {0};
        again(STEP, () -> {
            int messages = (int) Math.round(10 + 8 * Math.sin(steps[0]++ / 25.0));
            for (int i = 0; i < messages; i++) {
                connection.publish(
                        subject, "{\"amount\": 4200, \"currency\": \"EUR\"}".getBytes(StandardCharsets.UTF_8));
            }
            return null;
        });
        return this;
    }

    /**
     * A worker that takes messages as they come.
     *
     * @param oneInFails of so many messages one fails; 0 for none
     * @param pause after each portion
     */
    public Traffic work(String stream, String consumer, int oneInFails, Duration pause) {
        again(pause, () -> {
            JetStreamSubscription worker =
                    connection.jetStream().subscribe(null, PullSubscribeOptions.fastBind(stream, consumer));
            try {
                List<Message> portion = worker.fetch(25, Duration.ofSeconds(1));
                for (Message each : portion) {
                    if (oneInFails > 0 && each.metaData().streamSequence() % oneInFails == 0) {
                        each.nak();
                    } else {
                        each.ack();
                    }
                }
                return portion.size();
            } finally {
                worker.unsubscribe();
            }
        });
        return this;
    }

    @Override
    public void close() {
        end.countDown();
        threads.close();
    }
}
