package io.jetwright.it;

import static io.jetwright.it.harness.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.jetwright.it.harness.Eventually;
import io.jetwright.it.harness.Installation;
import io.jetwright.it.harness.TestNamespace;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node that runs pods: they have addresses, and Services have names. */
class NodeIT {
    @RegisterExtension
    static final Installation installation = Installation.withoutNats().nodes();

    private final TestNamespace namespace = installation.namespace();

    @BeforeEach
    void deployHello() {
        namespace.applyAll("""
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: hello
                spec:
                  selector: {matchLabels: {app: hello}}
                  template:
                    metadata:
                      labels: {app: hello}
                    spec:
                      terminationGracePeriodSeconds: 0
                      containers:
                        - name: httpd
                          image: %s
                          imagePullPolicy: IfNotPresent
                          command: [sh, -c, "mkdir -p /tmp/www && echo hello > /tmp/www/index.html && exec httpd -f -p 8080 -h /tmp/www"]
                          readinessProbe:
                            tcpSocket: {port: 8080}
                            periodSeconds: 1
                ---
                apiVersion: v1
                kind: Service
                metadata:
                  name: hello
                spec:
                  selector: {app: hello}
                  ports: [{port: 80, targetPort: 8080}]
                """.formatted(installation.kubernetes().exampleImage()));
        eventually(Eventually.START, () -> assertThat(namespace
                        .client()
                        .apps()
                        .deployments()
                        .inNamespace(namespace.name())
                        .withName("hello")
                        .isReady())
                .isTrue());
    }

    @Test
    void aServiceIsReachedFromThisMachine() {
        installation.kubernetes().hostAddress();
        String address = namespace
                .client()
                .services()
                .inNamespace(namespace.name())
                .withName("hello")
                .get()
                .getSpec()
                .getClusterIP();

        eventually(() -> assertThat(get("http://" + address + "/")).isEqualTo("hello\n"));
    }

    private static String get(String url) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(5))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }

    @Test
    void aServiceIsReachedFromAnotherPodByItsName() {
        GenericKubernetesResource caller =
                namespace.apply("""
                apiVersion: v1
                kind: Pod
                metadata:
                  name: caller
                spec:
                  restartPolicy: OnFailure
                  terminationGracePeriodSeconds: 0
                  containers:
                    - name: nc
                      image: %s
                      imagePullPolicy: IfNotPresent
                      command: [sh, -c, "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc hello.%s.svc.cluster.local 80"]
                """.formatted(installation.kubernetes().exampleImage(), namespace.name()));

        eventually(Eventually.START, () -> assertThat(namespace.read(caller).<String>get("status", "phase"))
                .isEqualTo("Succeeded"));
        assertThat(namespace
                        .client()
                        .pods()
                        .inNamespace(namespace.name())
                        .withName("caller")
                        .getLog())
                .startsWith("HTTP/1.")
                .endsWith("hello\n");
    }
}
