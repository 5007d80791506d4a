package io.jetwright.process;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Serves /livez (the process), /readyz (the caches are filled) and /metrics; NATS is in neither of the probes. */
public final class ManagementServer implements AutoCloseable {
    private static final String TEXT = "text/plain; charset=utf-8";

    private final HttpServer server;

    /** Writes metrics in the format that was asked for. */
    @FunctionalInterface
    public interface Scrape {
        /**
         * Writes all of them.
         *
         * @throws IOException if they cannot be written
         */
        void to(ExpositionFormatWriter format, OutputStream out) throws IOException;
    }

    /**
     * Listens from now on.
     *
     * @param unready why the process is not ready; empty if it is
     * @throws IllegalArgumentException if the port is taken
     */
    public ManagementServer(int port, Supplier<Optional<String>> unready, Scrape metrics) {
        try {
            server = HttpServer.create(new InetSocketAddress(port), 0);
        } catch (BindException e) {
            throw new IllegalArgumentException("HTTP_PORT: port " + port + " is taken; choose another", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/livez", exchange -> answer(exchange, 200, "ok\n"));
        server.createContext("/readyz", exchange -> {
            Optional<String> reason = unready.get();
            answer(exchange, reason.isEmpty() ? 200 : 503, reason.orElse("ok") + "\n");
        });
        server.createContext("/metrics", exchange -> answer(exchange, metrics));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, Scrape metrics) throws IOException {
        try (exchange) {
            List<String> accepted = exchange.getRequestHeaders().getOrDefault("Accept", List.of());
            ExpositionFormatWriter format = ExpositionFormats.init().findWriter(String.join(",", accepted));
            exchange.getResponseHeaders().set("Content-Type", format.getContentType());
            exchange.sendResponseHeaders(200, 0);
            metrics.to(format, exchange.getResponseBody());
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", TEXT);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
