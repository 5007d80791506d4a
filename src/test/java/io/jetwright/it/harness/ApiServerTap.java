package io.jetwright.it.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Between an operator and its API server: passes all on, and notes which requests there are. */
public final class ApiServerTap implements AutoCloseable {
    private static final Pattern SERVER = Pattern.compile("server: (?<url>[^\\s,}]+)");
    private static final Pattern REQUEST =
            Pattern.compile("(?<verb>GET|POST|PUT|PATCH|DELETE) (?<path>/\\S*) HTTP/1[.]1\r\n");

    private final String kubeconfig;
    private final URI server;
    private final ServerSocket listening;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** Before the server of this kubeconfig. */
    public ApiServerTap(Path kubeconfig) {
        try {
            this.kubeconfig = Files.readString(kubeconfig);
            Matcher found = SERVER.matcher(this.kubeconfig);
            if (!found.find()) {
                throw new IllegalStateException(kubeconfig + " names no server");
            }
            server = URI.create(found.group("url"));
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** The path of the kubeconfig that leads here. */
    public String kubeconfig() {
        try {
            Path file = Scratch.directory("kubeconfig").resolve("config");
            Files.writeString(
                    file,
                    SERVER.matcher(kubeconfig).replaceFirst("server: http://127.0.0.1:" + listening.getLocalPort()));
            return file.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All since the beginning but for watches, as {@code PATCH /api/v1/namespaces/shop/services/log?force=true}. */
    public List<String> requests() {
        return requests.stream().filter(each -> !each.contains("watch=true")).toList();
    }

    private void accept() {
        while (true) {
            try {
                Socket client = listening.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket upstream = trustingAll().getSocketFactory().createSocket(server.getHost(), server.getPort())) {
            Thread.ofVirtual().start(() -> copy(upstream, client, false));
            copy(client, upstream, true);
        } catch (IOException e) {
            // the operator sees it by its connection
        }
    }

    private void copy(Socket from, Socket to, boolean areRequests) {
        var text = new StringBuilder();
        var buffer = new byte[16_384];
        try {
            InputStream input = from.getInputStream();
            OutputStream output = to.getOutputStream();
            for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
                if (areRequests) {
                    text.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
                    note(text);
                }
                output.write(buffer, 0, read);
                output.flush();
            }
        } catch (IOException e) {
            // either side has ended it
        }
        close(from);
        close(to);
    }

    /** A request's line never stands in a body, whose line ends are escaped. */
    private void note(StringBuilder text) {
        Matcher found = REQUEST.matcher(text);
        int end = Math.max(0, text.length() - 4_096);
        while (found.find()) {
            requests.add(found.group("verb") + " " + found.group("path"));
            end = Math.max(end, found.end());
        }
        text.delete(0, end);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is of no use any more either way
        }
    }

    private static SSLContext trustingAll() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    null,
                    new TrustManager[] {
                        new X509TrustManager() {
                            @Override
                            public void checkClientTrusted(X509Certificate[] chain, String type) {}

                            @Override
                            public void checkServerTrusted(X509Certificate[] chain, String type) {}

                            @Override
                            public X509Certificate[] getAcceptedIssuers() {
                                return new X509Certificate[0];
                            }
                        }
                    },
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
