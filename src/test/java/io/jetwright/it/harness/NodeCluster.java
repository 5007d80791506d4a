package io.jetwright.it.harness;

import io.jetwright.it.harness.KubernetesChoice.Machine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** The one-node Kubernetes of {@code dev/cluster}, which goes down when its standard input closes. */
final class NodeCluster implements KubernetesProvider {
    private static final Pattern VARIABLE = Pattern.compile("export (?<name>[A-Z_]+)=(?<value>.*)");
    private static final String LAST_VARIABLE = "PATH";
    private static final long SECONDS_TO_END = 120;

    /** One for each checkout, so that what a crash left behind is found, and removed, by the next run. */
    private static final String NAME =
            "it-%06x".formatted(Path.of("").toAbsolutePath().hashCode() & 0xff_ffff);

    private final Process script;
    private final Lines said;
    private final Map<String, String> environment;

    /** Once it is loaded. */
    private String image = "";

    /** Skips the test if this machine turns out to have no node, unless one was asked for: then it fails. */
    NodeCluster(boolean askedFor) {
        List<String> command = new ArrayList<>(List.of("dev/cluster", "run", "--name", NAME));
        if (askedFor) {
            command.addAll(List.of("--with", "node"));
        }
        try {
            script = new ProcessBuilder(command).start();
            said = new Lines(script.getErrorStream(), System.err::println);
            environment = environment(script.inputReader());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!environment.containsKey(LAST_VARIABLE)) {
            throw new IllegalStateException("dev/cluster did not start: " + said);
        }
        if (!variable("JETWRIGHT_CLUSTER").equals("node")) {
            close();
            Assumptions.abort("needs " + KubernetesNeed.NODES + ": " + said);
        }
    }

    private static Map<String, String> environment(BufferedReader output) throws IOException {
        Map<String, String> variables = new HashMap<>();
        while (!variables.containsKey(LAST_VARIABLE)) {
            String line = output.readLine();
            if (line == null) {
                break;
            }
            var variable = VARIABLE.matcher(line);
            if (variable.matches()) {
                variables.put(variable.group("name"), variable.group("value").replaceAll("\\\\(.)", "$1"));
            }
        }
        return variables;
    }

    static Machine machine() {
        if (!Files.isExecutable(Path.of("dev/cluster"))) {
            return new Machine("control-plane", "this checkout has no dev/cluster");
        }
        try {
            Process choose = new ProcessBuilder("dev/cluster", "choose").start();
            var reason = new Lines(choose.getErrorStream(), line -> {});
            String choice = new String(choose.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Machine(choice.strip(), String.join(" ", reason.toTheEnd()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Path kubeconfig() {
        return Path.of(variable("KUBECONFIG"));
    }

    /** This machine's end of the link to the node. */
    @Override
    public String hostAddress() {
        URI onTheNode = URI.create(variable("NATS_URL"));
        try (var socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(onTheNode.getHost(), onTheNode.getPort()));
            return socket.getLocalAddress().getHostAddress();
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String variable(String name) {
        return Objects.requireNonNull(environment.get(name), name);
    }

    /** It has no way to a registry. */
    @Override
    public String exampleImage() {
        return "jetwright.io/busybox:dev";
    }

    @Override
    public synchronized String loadImage() {
        if (image.isEmpty()) {
            image = Image.build();
            loadImage(Image.ARCHIVE);
        }
        return image;
    }

    @Override
    public void loadImage(Path archive) {
        Image.load(NAME, archive);
    }

    @Override
    public void close() {
        try {
            script.getOutputStream().close();
            if (!script.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                throw new AssertionError("dev/cluster does not end; it said last: " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
