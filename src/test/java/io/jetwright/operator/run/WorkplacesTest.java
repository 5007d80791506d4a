package io.jetwright.operator.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkplacesTest {
    private final Workplaces workplaces = new Workplaces(1);
    private final ExecutorService executor = workplaces.executor();
    private final CountDownLatch answer = new CountDownLatch(1);

    @AfterEach
    void close() {
        answer.countDown();
        executor.shutdownNow();
    }

    private CompletableFuture<Void> run(Runnable task) {
        return CompletableFuture.runAsync(task, executor);
    }

    private void await() {
        try {
            assertThat(answer.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoWaitsForAnAnswerLetsOthersWork() {
        CompletableFuture<Void> slow = run(() -> {
            workplaces.begin();
            await();
            workplaces.end();
        });
        run(() -> {}).orTimeout(30, TimeUnit.SECONDS).join();
        assertThat(slow).isNotDone();
        answer.countDown();
        slow.orTimeout(30, TimeUnit.SECONDS).join();
    }

    /** Else a resource is never reconciled again, and nothing tells. */
    @Test
    void anErrorEndsTheProcess() {
        var ended = new CompletableFuture<Throwable>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> ended.complete(failure));
        try {
            var error = new OutOfMemoryError("no more");
            executor.execute(() -> {
                throw error;
            });
            assertThat(ended.orTimeout(30, TimeUnit.SECONDS).join()).isSameAs(error);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    @Test
    void whoOnlyWorksKeepsHisPlace() {
        var started = new CountDownLatch(1);
        CompletableFuture<Void> busy = run(() -> {
            started.countDown();
            await();
        });
        CompletableFuture<Void> next = run(() -> assertThat(busy).isNotNull());
        assertThat(next).isNotDone();
        answer.countDown();
        CompletableFuture.allOf(busy, next).orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Test
    void whoHasNoPlaceGivesNoneAway() {
        workplaces.begin();
        workplaces.end();
        CompletableFuture<Void> busy = run(this::await);
        CompletableFuture<Void> next = run(() -> {});
        assertThat(next).isNotDone();
        answer.countDown();
        CompletableFuture.allOf(busy, next).orTimeout(30, TimeUnit.SECONDS).join();
    }
}
