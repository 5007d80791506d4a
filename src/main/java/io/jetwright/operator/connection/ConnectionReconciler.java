package io.jetwright.operator.connection;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.jetwright.api.Connection;
import io.jetwright.api.ConnectionStatus;
import io.jetwright.jetstream.JetStreamException;
import io.jetwright.jetstream.Link;
import io.jetwright.jetstream.ServerFacts;
import io.jetwright.nats.ConnectionSettings;
import io.jetwright.operator.asset.AssetController;
import io.jetwright.operator.asset.Outcome;
import io.jetwright.operator.asset.Parts;
import io.jetwright.operator.report.News;
import io.jetwright.operator.report.StatusPatch;
import io.jetwright.operator.wake.Again;
import io.jetwright.operator.wake.Feed;
import io.jetwright.operator.wake.Wakeups;
import io.jetwright.status.Reason;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps Connections up, says how they are, and keeps those that are used. */
@ControllerConfiguration(
        name = "connection",
        finalizerName = AssetController.FINALIZER,
        fieldManager = AssetController.FIELD_MANAGER)
public final class ConnectionReconciler implements Reconciler<Connection>, Cleaner<Connection> {
    private static final int USERS_NAMED = 5;

    private final Parts parts;
    private final News news;
    private final Wakeups<Connection> wakeups = new Wakeups<>();

    public ConnectionReconciler(Parts parts) {
        this.parts = parts;
        this.news = new News(parts.events());
    }

    @Override
    public List<EventSource<?, Connection>> prepareEventSources(EventSourceContext<Connection> context) {
        var cache = context.getPrimaryCache();
        parts.directory()
                .listen(key -> wakeups.wake(
                        () -> cache.list(connection -> key(connection).equals(key))));
        parts.feed().add(new Feed.Ear() {
            @Override
            public void everything(ConnectionSettings settings) {
                wakeups.wake(() -> cache.list(connection -> isOn(connection, settings)));
            }

            @Override
            public void used(ConnectionSettings settings) {
                everything(settings);
            }
        });
        return List.of(wakeups);
    }

    private static String key(Connection connection) {
        return Routes.key(
                connection.getMetadata().getNamespace(),
                connection.getMetadata().getName());
    }

    private boolean isOn(Connection connection, ConnectionSettings settings) {
        return parts.directory().own(connection) instanceof Route.Open open
                && open.settings().equals(settings);
    }

    @Override
    public UpdateControl<Connection> reconcile(Connection connection, Context<Connection> context) {
        return switch (parts.directory().own(connection)) {
            case Route.Coming coming -> UpdateControl.<Connection>noUpdate().rescheduleAfter(Again.COMING);
            case Route.Closed closed ->
                report(connection, Outcome.of(closed.reason(), closed.message()), null, null, context);
            case Route.Open open -> look(connection, parts.connections().link(open.settings()), context);
        };
    }

    private UpdateControl<Connection> look(Connection connection, Link link, Context<Connection> context) {
        try {
            ServerFacts facts = link.facts();
            var outcome = Outcome.of(Reason.CONNECTED, "connected to " + facts.server());
            return report(connection, outcome, link, facts, context);
        } catch (JetStreamException.Connecting e) {
            return UpdateControl.<Connection>noUpdate().rescheduleAfter(Again.COMING);
        } catch (JetStreamException e) {
            return report(connection, Outcome.failed(e), link, null, context);
        }
    }

    private UpdateControl<Connection> report(
            Connection connection,
            Outcome outcome,
            @Nullable Link link,
            @Nullable ServerFacts facts,
            Context<Connection> context) {
        var report = new ConnectionReport(
                link != null && link.isUp(),
                facts,
                link == null ? null : link.lastTrouble(),
                users(connection).size());
        write(connection, outcome, report, context);
        return UpdateControl.<Connection>noUpdate()
                .rescheduleAfter(parts.again().after(outcome.reason()));
    }

    private void write(Connection connection, Outcome outcome, ConnectionReport report, Context<Connection> context) {
        ConnectionStatus before = connection.getStatus();
        Long generation = connection.getMetadata().getGeneration();
        List<Condition> known = before == null ? null : before.conditions();
        List<Condition> merged =
                parts.conditions().merge(known, outcome.reason(), outcome.message(), generation).stream()
                        .filter(condition -> !condition.getType().equals("Synced"))
                        .toList();
        news.tell(connection, outcome.deed(), outcome.reason(), outcome.message(), known, merged);
        ConnectionStatus after = report.status(before, generation, merged);
        if (!after.equals(before)) {
            var fresh = new Connection();
            fresh.setMetadata(new ObjectMetaBuilder()
                    .withNamespace(connection.getMetadata().getNamespace())
                    .withName(connection.getMetadata().getName())
                    .build());
            fresh.setStatus(after);
            StatusPatch.apply(connection, fresh, context);
        }
    }

    private List<HasMetadata> users(Connection connection) {
        return parts.kinds().using(key(connection)).toList();
    }

    @Override
    public DeleteControl cleanup(Connection connection, Context<Connection> context) {
        List<HasMetadata> users = users(connection);
        if (users.isEmpty()) {
            return DeleteControl.defaultDelete();
        }
        String named = users.stream()
                .limit(USERS_NAMED)
                .map(ConnectionReconciler::describe)
                .collect(Collectors.joining(", "));
        String others = users.size() > USERS_NAMED ? " and " + (users.size() - USERS_NAMED) + " others" : "";
        var outcome = Outcome.of(
                Reason.IN_USE,
                "it is deleted when nothing uses it any more; now %s%s do: delete them first".formatted(named, others));
        write(connection, outcome, new ConnectionReport(isUp(connection), null, null, users.size()), context);
        return DeleteControl.noFinalizerRemoval().rescheduleAfter(parts.again().after(outcome.reason()));
    }

    private boolean isUp(Connection connection) {
        return parts.directory().own(connection) instanceof Route.Open open
                && parts.connections().link(open.settings()).isUp();
    }

    private static String describe(HasMetadata resource) {
        return "%s %s/%s"
                .formatted(
                        resource.getKind(),
                        resource.getMetadata().getNamespace(),
                        resource.getMetadata().getName());
    }
}
