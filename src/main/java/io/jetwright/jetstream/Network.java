package io.jetwright.jetstream;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The threads that all connections share. No connection has a platform thread of its own. */
final class Network implements AutoCloseable {
    /** The most threads that look names up. The system call would block the carrier of a virtual thread. */
    private static final int LOOKUPS = 32;

    private static final Duration LOOKUP_THREADS_LAST = Duration.ofSeconds(10);

    private final ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer;
    private final ThreadPoolExecutor lookups;

    Network() {
        var timers = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("nats-timer").factory());
        timers.setRemoveOnCancelPolicy(true);
        timer = timers;
        lookups = new ThreadPoolExecutor(
                0,
                LOOKUPS,
                LOOKUP_THREADS_LAST.toMillis(),
                TimeUnit.MILLISECONDS,
                new SynchronousQueue<>(),
                Thread.ofPlatform().daemon().name("nats-lookup-", 0).factory(),
                new ThreadPoolExecutor.AbortPolicy());
    }

    /** Runs each task in a virtual thread of its own. */
    ExecutorService tasks() {
        return tasks;
    }

    /** Has one thread, so its tasks must not wait; those that do belong to {@link #tasks}. */
    ScheduledExecutorService timer() {
        return timer;
    }

    /**
     * Looks up the addresses of a host.
     *
     * @param host a name, or an address
     * @param patience how long to wait for the name server
     * @return at least one address
     * @throws UnknownHostException if the host has none, the name server does not answer in time, or too many others wait
     */
    List<String> addresses(String host, Duration patience) throws UnknownHostException, InterruptedException {
        Future<List<String>> answer;
        try {
            answer = lookups.submit(() -> Stream.of(InetAddress.getAllByName(host))
                    .map(InetAddress::getHostAddress)
                    .toList());
        } catch (java.util.concurrent.RejectedExecutionException e) {
            throw new UnknownHostException(host + ": the name servers keep too many others waiting");
        }
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new UnknownHostException(host);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new UnknownHostException(host + ": the name server does not answer");
        }
    }

    @Override
    public void close() {
        tasks.shutdown();
        timer.shutdownNow();
        lookups.shutdownNow();
    }
}
