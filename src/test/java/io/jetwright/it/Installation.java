package io.jetwright.it;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.opentest4j.TestAbortedException;

/**
 * Jetwright installed for one test class: a namespace of its own, a NATS server and an operator that watches only that
 * namespace. Each test finds all of it running and empty. Register it as a static field with {@code @RegisterExtension}.
 */
final class Installation
        implements BeforeAllCallback,
                TestInstancePreConstructCallback,
                BeforeEachCallback,
                AfterEachCallback,
                AfterAllCallback {
    private static final Namespace STORE = Namespace.create(Installation.class);

    private final boolean withNats;
    private final boolean withOperator;
    private final Map<String, String> environment = new HashMap<>();
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final Deque<OperatorProcess> operatorsOfTheTest = new ArrayDeque<>();
    private boolean ownControlPlane;

    /** Why the tests cannot run. Each of them says so, since a class that is skipped as a whole counts no test. */
    private @Nullable TestAbortedException obstacle;

    private String natsRelease = "nats-server";
    private String natsConfiguration = "";
    private @Nullable ControlPlane controlPlane;
    private @Nullable TestNamespace namespace;
    private @Nullable NatsServer nats;
    private @Nullable OperatorProcess operator;

    private Installation(boolean withNats, boolean withOperator) {
        this.withNats = withNats;
        this.withOperator = withOperator;
    }

    static Installation withOperator() {
        return new Installation(true, true);
    }

    /** For tests that start operators themselves, by {@link #newOperator}. */
    static Installation withoutOperator() {
        return new Installation(true, false);
    }

    /** For tests of the resources alone. */
    static Installation withoutNats() {
        return new Installation(false, false);
    }

    /** The operator's environment, beyond what it needs to find its API server and NATS. */
    Installation environment(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Text for the NATS server's configuration file; must let in a client without credentials. */
    Installation natsConfiguration(String configuration) {
        natsConfiguration = configuration;
        return this;
    }

    /** Another release than the newest, by the name that {@code dev/tools/provide} knows it by. */
    Installation natsRelease(String release) {
        natsRelease = release;
        return this;
    }

    /** For tests that stop the API server, which all others share. */
    Installation ownControlPlane() {
        ownControlPlane = true;
        return this;
    }

    ControlPlane controlPlane() {
        return present(controlPlane);
    }

    TestNamespace namespace() {
        return present(namespace);
    }

    NatsServer nats() {
        return present(nats);
    }

    OperatorProcess operator() {
        return present(operator);
    }

    /** One more operator on this installation, which is not yet started; it is ended with the test at the latest. */
    OperatorProcess newOperator() {
        var another = prepareOperator();
        operatorsOfTheTest.push(another);
        return another;
    }

    private OperatorProcess prepareOperator() {
        Map<String, String> all = new HashMap<>(Map.of(
                "KUBECONFIG", controlPlane().kubeconfig().toString(),
                "NATS_URL", nats().url(),
                "WATCH_NAMESPACES", namespace().name(),
                "LEADER_ELECTION", "false"));
        all.putAll(environment);
        return new OperatorProcess(all);
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
        controlPlane = ownControlPlane ? closing(ControlPlane.launch()) : shared(context);
        namespace = controlPlane.namespace(context.getRequiredTestClass().getSimpleName());
        if (withNats) {
            nats = closing(new NatsServer(natsRelease, natsConfiguration));
        }
        if (withOperator) {
            operator = closing(prepareOperator());
        }
    }

    private static ControlPlane shared(ExtensionContext context) {
        return context.getRoot()
                .getStore(STORE)
                .computeIfAbsent(ControlPlane.class, key -> ControlPlane.launch(), ControlPlane.class);
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
        if (nats != null) {
            nats.start();
        }
        if (operator != null) {
            operator.start();
        }
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
        if (nats != null) {
            nats.restore();
        }
        if (operator != null && operator.isRunning()) {
            namespace().clear();
        } else {
            namespace().clearByForce();
        }
        if (nats != null) {
            nats.clear();
        }
    }

    private static void tell(ExtensionContext context, OperatorProcess operator) {
        System.err.println(context.getDisplayName() + ", the operator said:\n" + operator.tail());
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
