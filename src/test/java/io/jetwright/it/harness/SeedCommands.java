package io.jetwright.it.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What the event logger's first guide has people paste into a shell, to the letter but for the host. */
public final class SeedCommands {
    private static final String HOST = "events.51.210.89.84.nip.io";

    private final int port;

    /** For the app on this port of this machine. */
    public SeedCommands(int port) {
        this.port = port;
    }

    public String health() throws IOException, InterruptedException {
        return shell("curl http://events.51.210.89.84.nip.io/health");
    }

    public String publish() throws IOException, InterruptedException {
        return shell("""
                curl -X POST http://events.51.210.89.84.nip.io/publish \\
                  -H "Content-Type: application/json" \\
                  -d '{"name":"deploy","data":"nginx actualizado a v2"}'""");
    }

    public String publishMore() throws IOException, InterruptedException {
        return shell("""
                # Publicar múltiples eventos con diferentes subjects
                curl -s -X POST http://events.51.210.89.84.nip.io/publish \\
                  -H "Content-Type: application/json" \\
                  -d '{"name":"alert","data":"CPU al 90%"}'

                curl -s -X POST http://events.51.210.89.84.nip.io/publish \\
                  -H "Content-Type: application/json" \\
                  -d '{"name":"user.login","data":"admin desde 192.168.1.1"}'

                curl -s -X POST http://events.51.210.89.84.nip.io/publish \\
                  -H "Content-Type: application/json" \\
                  -d '{"name":"deploy","data":"uptime-kuma v1.23"}'
                """);
    }

    public String events() throws IOException, InterruptedException {
        return shell("curl http://events.51.210.89.84.nip.io/events");
    }

    public String eventsIndented() throws IOException, InterruptedException {
        return shell("curl -s http://events.51.210.89.84.nip.io/events | python3 -m json.tool");
    }

    private String shell(String command) throws IOException, InterruptedException {
        String here = command.replace(HOST, "127.0.0.1:" + port);
        Process shell = new ProcessBuilder("sh", "-c", here)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(here).isZero();
        return output;
    }
}
