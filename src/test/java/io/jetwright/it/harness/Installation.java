package io.jetwright.it.harness;

import io.jetwright.plan.ServerVersion;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/**
 * What one test class asks for, and gets: a namespace of its own in a Kubernetes that all share, NATS of its own and an
 * operator that watches only that namespace, or less, or more, with the chart's rights. Each test finds all of it running and empty. What this
 * machine cannot offer skips the tests, with the reason. Register it as a static field with {@code @RegisterExtension}.
 */
public final class Installation
        implements BeforeAllCallback,
                TestInstancePreConstructCallback,
                BeforeEachCallback,
                AfterEachCallback,
                AfterAllCallback {
    private final boolean withOperator;
    private final Map<String, String> environment = new HashMap<>();
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final Deque<OperatorProcess> operatorsOfTheTest = new ArrayDeque<>();
    private final Deque<RelayProcess> relaysOfTheTest = new ArrayDeque<>();
    private @Nullable KubernetesNeed need;
    private int natsServers;
    private boolean withBrowser;

    /** Why the tests cannot run. Each of them says so, since a class that is skipped as a whole counts no test. */
    private @Nullable TestAbortedException obstacle;

    private String natsRelease = NatsServer.release();
    private String natsConfiguration = "";
    private @Nullable Kubernetes kubernetes;
    private @Nullable ControlPlane controlPlane;
    private @Nullable TestNamespace namespace;
    private @Nullable ChartAccount account;
    private List<NatsServer> nats = List.of();
    private @Nullable OperatorProcess operator;
    private @Nullable Path browser;

    private Installation(@Nullable KubernetesNeed need, int natsServers, boolean withOperator) {
        this.need = need;
        this.natsServers = natsServers;
        this.withOperator = withOperator;
    }

    public static Installation withOperator() {
        return new Installation(KubernetesNeed.API_SERVER, 1, true);
    }

    /** For tests that start operators themselves, by {@link #newOperator}. */
    public static Installation withoutOperator() {
        return new Installation(KubernetesNeed.API_SERVER, 1, false);
    }

    /** For tests of the resources alone. */
    public static Installation withoutNats() {
        return new Installation(KubernetesNeed.API_SERVER, 0, false);
    }

    /** NATS alone. */
    public static Installation withoutKubernetes() {
        return new Installation(null, 1, false);
    }

    /** The operator's environment, beyond what it needs to find its API server and NATS. */
    public Installation environment(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Text for the NATS server's configuration file; must let in a client without credentials. */
    public Installation natsConfiguration(String configuration) {
        natsConfiguration = configuration;
        return this;
    }

    /** This release and no other, by the name that {@code dev/tools/provide} knows it by. */
    public Installation natsRelease(String release) {
        natsRelease = release;
        return this;
    }

    /** A cluster of so many servers, of which {@link #nats} is the first. */
    public Installation natsCluster(int servers) {
        natsServers = servers;
        return this;
    }

    /** For tests that stop the API server, which all others share. */
    public Installation ownApiServer() {
        need = KubernetesNeed.OWN_API_SERVER;
        return this;
    }

    /** For tests of what Kubernetes itself makes of the resources, such as garbage collection. */
    public Installation controllers() {
        need = KubernetesNeed.CONTROLLERS;
        return this;
    }

    /** For tests with Pods that run. NATS listens where they reach it. */
    public Installation nodes() {
        need = KubernetesNeed.NODES;
        return this;
    }

    /** Chromium. */
    public Installation browser() {
        withBrowser = true;
        return this;
    }

    public Kubernetes kubernetes() {
        return present(kubernetes);
    }

    /** That of {@link #ownApiServer} only. */
    public ControlPlane controlPlane() {
        return present(controlPlane);
    }

    public TestNamespace namespace() {
        return present(namespace);
    }

    public NatsServer nats() {
        return nats.stream().findFirst().orElseThrow(() -> new IllegalStateException("this installation has no NATS"));
    }

    /** Each server of the cluster. */
    public List<NatsServer> natsServers() {
        return nats;
    }

    /** The program. */
    public Path chromium() {
        return present(browser);
    }

    public OperatorProcess operator() {
        return present(operator);
    }

    /** One more operator on this installation, which is not yet started; it is ended with the test at the latest. */
    public OperatorProcess newOperator() {
        var another = prepareOperator();
        operatorsOfTheTest.push(another);
        return another;
    }

    /** A relay of dead letters on this installation, which is not yet started; it is ended with the test at the latest. */
    public RelayProcess newRelay() {
        var relay = new RelayProcess(Map.of(
                "KUBECONFIG", RelayAccount.kubeconfig(kubernetes(), namespace()),
                "NATS_URL", nats().url(),
                "WATCH_NAMESPACES", namespace().name(),
                "LEADER_ELECTION_NAMESPACE", namespace().name(),
                "CLUSTER_ID", "test"));
        relaysOfTheTest.push(relay);
        return relay;
    }

    private OperatorProcess prepareOperator() {
        Map<String, String> all = new HashMap<>(Map.of(
                "NATS_URL", nats().url(),
                "WATCH_NAMESPACES", namespace().name(),
                "LEADER_ELECTION_NAMESPACE", namespace().name(),
                "LEADER_ELECTION", "false"));
        all.putAll(environment);
        return new OperatorProcess(all, present(account));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        try {
            install(context);
        } catch (TestAbortedException e) {
            obstacle = e;
        }
    }

    private void install(ExtensionContext context) {
        if (withBrowser) {
            browser = Programs.browser();
        }
        if (need != null) {
            kubernetes = kubernetes(context, need);
            namespace = kubernetes.namespace(context.getRequiredTestClass().getSimpleName());
            closing(namespace::remove);
            account = closing(new ChartAccount(kubernetes, namespace));
        }
        String address = need == KubernetesNeed.NODES ? kubernetes().hostAddress() : "127.0.0.1";
        nats = switch (natsServers) {
            case 0 -> List.of();
            case 1 -> List.of(new NatsServer(natsRelease, address, natsConfiguration));
            default -> NatsServer.cluster(natsServers, natsRelease, address, natsConfiguration);
        };
        nats.forEach(this::closing);
        if (withOperator) {
            operator = closing(prepareOperator());
        }
    }

    private Kubernetes kubernetes(ExtensionContext context, KubernetesNeed needed) {
        if (needed != KubernetesNeed.OWN_API_SERVER) {
            return SharedKubernetes.of(context, needed);
        }
        SharedKubernetes.assumeOwnMayRun();
        controlPlane = ControlPlane.launchAudited();
        return closing(new Kubernetes(controlPlane));
    }

    private <T extends AutoCloseable> T closing(T resource) {
        started.push(resource);
        return resource;
    }

    /** Before the test's fields ask for what there is not. */
    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context) {
        if (obstacle != null) {
            throw obstacle;
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        nats.forEach(NatsServer::start);
        if (nats.size() > 1) {
            nats().awaitJetStream();
        }
        AnnotationSupport.findAnnotation(context.getTestMethod(), NeedsNats.class)
                .ifPresent(this::assumeServes);
        if (operator != null) {
            operator.start();
        }
    }

    private void assumeServes(NeedsNats needed) {
        String version = nats().version();
        Assumptions.assumeTrue(
                ServerVersion.parse(version).atLeast(needed.value()),
                () -> "needs nats-server %s, and this is %s".formatted(needed.value(), version));
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        if (obstacle != null) {
            return;
        }
        boolean hasFailed = context.getExecutionException().isPresent();
        if (hasFailed && operator != null) {
            tell(context, operator);
        }
        while (!operatorsOfTheTest.isEmpty()) {
            OperatorProcess another = operatorsOfTheTest.pop();
            another.close();
            if (hasFailed) {
                tell(context, another);
            }
        }
        while (!relaysOfTheTest.isEmpty()) {
            RelayProcess relay = relaysOfTheTest.pop();
            relay.close();
            if (hasFailed) {
                System.err.println("the relay of dead letters said:\n" + String.join("\n", relay.log()));
            }
        }
        nats.forEach(NatsServer::restore);
        if (namespace != null) {
            clear(namespace);
        }
        if (!nats.isEmpty()) {
            nats().clear();
        }
    }

    private void clear(TestNamespace used) {
        if (operator != null && operator.isRunning()) {
            used.clear();
        } else {
            used.clearByForce();
        }
        if (need == KubernetesNeed.CONTROLLERS || need == KubernetesNeed.NODES) {
            used.clearWorkloads();
        }
    }

    private static void tell(ExtensionContext context, OperatorProcess operator) {
        String test = context.getRequiredTestClass().getSimpleName() + "." + context.getDisplayName();
        System.err.println(test + ", the operator said:\n" + operator.tail());
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        while (!started.isEmpty()) {
            started.pop().close();
        }
    }

    private static <T> T present(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("this installation has none, or was not yet started");
        }
        return part;
    }
}
