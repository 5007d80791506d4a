package io.jetwright.operator.connection;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.jetwright.api.Connection;
import io.jetwright.api.ConnectionStatus;
import io.jetwright.api.JetwrightResource;
import io.jetwright.jetstream.ConnectionHealth;
import io.jetwright.jetstream.JetStreamException;
import io.jetwright.jetstream.ServerFacts;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.operator.report.Assessment;
import io.jetwright.operator.report.Containment;
import io.jetwright.operator.report.Reporter;
import io.jetwright.operator.report.StatusPatch;
import io.jetwright.operator.wake.Again;
import io.jetwright.operator.wake.Hub;
import io.jetwright.operator.wake.Subscriber;
import io.jetwright.operator.wake.Wakeups;
import io.jetwright.status.Reason;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reconciles Connections: keeps each of them up, and reports how it is. A Connection that is deleted stays until no resource
 * uses it any more.
 */
@ControllerConfiguration(
        name = "connection",
        finalizerName = JetwrightResource.FINALIZER,
        fieldManager = StatusPatch.FIELD_MANAGER)
public final class ConnectionReconciler implements Reconciler<Connection>, Cleaner<Connection> {
    private static final int USERS_NAMED = 5;

    private final ConnectionDirectory directory;
    private final Function<ConnectionSettings, ConnectionHealth> connections;
    private final Function<String, Stream<HasMetadata>> users;
    private final Hub hub;
    private final Reporter<Connection, ConnectionStatus> reporter;
    private final Again again;
    private final Wakeups<Connection> wakeups = new Wakeups<>();

    /**
     * A reconciler.
     *
     * @param connections the connection with these settings
     * @param users the resources that use a Connection, by its key
     */
    public ConnectionReconciler(
            ConnectionDirectory directory,
            Function<ConnectionSettings, ConnectionHealth> connections,
            Function<String, Stream<HasMetadata>> users,
            Hub hub,
            Reporter<Connection, ConnectionStatus> reporter,
            Again again) {
        this.directory = directory;
        this.connections = connections;
        this.users = users;
        this.hub = hub;
        this.reporter = reporter;
        this.again = again;
    }

    @Override
    public List<EventSource<?, Connection>> prepareEventSources(EventSourceContext<Connection> context) {
        var cache = context.getPrimaryCache();
        hub.subscribe(new Subscriber() {
            @Override
            public void switched(String key) {
                wakeups.wake(
                        () -> cache.list(connection -> Routes.key(connection).equals(key)));
            }

            @Override
            public void used(String key) {
                switched(key);
            }
        });
        return List.of(wakeups);
    }

    @Override
    public UpdateControl<Connection> reconcile(Connection connection, Context<Connection> context) {
        return Containment.of(() -> look(connection, context));
    }

    @Override
    public ErrorStatusUpdateControl<Connection> updateErrorStatus(
            Connection connection, Context<Connection> context, Exception failure) {
        Assessment.ofUnforeseen(failure).ifPresent(assessment -> report(connection, assessment, null, null, context));
        return ErrorStatusUpdateControl.defaultErrorProcessing();
    }

    private UpdateControl<Connection> look(Connection connection, Context<Connection> context) {
        return switch (directory.own(connection)) {
            case Route.Pending pending -> UpdateControl.<Connection>noUpdate().rescheduleAfter(Again.SOON);
            case Route.Closed closed ->
                report(connection, new Assessment(closed.reason(), closed.message()), null, null, context);
            case Route.Open open -> look(connection, connections.apply(open.settings()), context);
        };
    }

    private UpdateControl<Connection> look(
            Connection connection, ConnectionHealth health, Context<Connection> context) {
        try {
            ServerFacts facts = health.facts();
            var assessment = new Assessment(Reason.CONNECTED, "connected to " + facts.server());
            return report(connection, assessment, health, facts, context);
        } catch (JetStreamException.Pending e) {
            return UpdateControl.<Connection>noUpdate().rescheduleAfter(Again.SOON);
        } catch (JetStreamException e) {
            return report(connection, Assessment.of(e), health, null, context);
        }
    }

    private UpdateControl<Connection> report(
            Connection connection,
            Assessment assessment,
            @Nullable ConnectionHealth health,
            @Nullable ServerFacts facts,
            Context<Connection> context) {
        var report = new ConnectionReport(
                health != null && health.isUp(),
                facts,
                health == null ? null : health.lastTrouble(),
                users(connection).size());
        write(connection, assessment, report, context);
        return UpdateControl.<Connection>noUpdate().rescheduleAfter(again.after(assessment.reason()));
    }

    private void write(
            Connection connection, Assessment assessment, ConnectionReport report, Context<Connection> context) {
        Long generation = connection.getMetadata().getGeneration();
        reporter.report(
                connection,
                assessment,
                null,
                conditions -> report.status(connection.getStatus(), generation, conditions),
                context);
    }

    private List<HasMetadata> users(Connection connection) {
        return users.apply(Routes.key(connection)).toList();
    }

    @Override
    public DeleteControl cleanup(Connection connection, Context<Connection> context) {
        List<HasMetadata> users = users(connection);
        if (users.isEmpty()) {
            return DeleteControl.defaultDelete();
        }
        var assessment = new Assessment(Reason.IN_USE, inUse(users));
        write(connection, assessment, new ConnectionReport(isUp(connection), null, null, users.size()), context);
        return DeleteControl.noFinalizerRemoval().rescheduleAfter(again.after(assessment.reason()));
    }

    private static String inUse(List<HasMetadata> users) {
        String named = users.stream()
                .limit(USERS_NAMED)
                .map(ConnectionReconciler::describe)
                .collect(Collectors.joining(", "));
        String others = users.size() > USERS_NAMED ? " and " + (users.size() - USERS_NAMED) + " others" : "";
        return "it is deleted when nothing uses it any more; now %s%s do: delete them first".formatted(named, others);
    }

    private boolean isUp(Connection connection) {
        return directory.own(connection) instanceof Route.Open open
                && connections.apply(open.settings()).isUp();
    }

    private static String describe(HasMetadata resource) {
        return "%s %s/%s"
                .formatted(
                        resource.getKind(),
                        resource.getMetadata().getNamespace(),
                        resource.getMetadata().getName());
    }
}
