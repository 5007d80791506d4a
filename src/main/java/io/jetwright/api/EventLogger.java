package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A small HTTP app that publishes events to a stream, and shows what arrives there. */
@JsonClassDescription(
        "A small HTTP app that publishes events to a stream, and shows what arrives there; it becomes a Consumer, a Deployment, a Service and, where asked for, an Ingress, an HTTPRoute, a PodDisruptionBudget and a NetworkPolicy.")
@Group(Asset.GROUP)
@Version(Asset.VERSION)
@Plural("eventloggers")
@ShortNames("evlog")
@Categories(Asset.CATEGORY)
@AdditionalPrinterColumn(name = "Stream", jsonPath = ".status.stream", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "URL", jsonPath = ".status.url", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Ready", jsonPath = Columns.READY, type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Reason", jsonPath = Columns.REASON, type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Age", jsonPath = Columns.AGE, type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
        name = "Ready Replicas",
        jsonPath = ".status.readyReplicas",
        type = AdditionalPrinterColumn.Type.INTEGER,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Replicas",
        jsonPath = ".status.replicas",
        type = AdditionalPrinterColumn.Type.INTEGER,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Message",
        jsonPath = Columns.MESSAGE,
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
public final class EventLogger extends JetwrightResource<EventLoggerSpec, EventLoggerStatus> {
    private static final long serialVersionUID = 1L;

    @Override
    protected EventLogger empty() {
        return new EventLogger();
    }
}
