package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** How to reach a NATS system, and as which user; other resources refer to it. */
@JsonClassDescription("A way to a NATS system, as one of its users; other resources name it.")
@Group(Asset.GROUP)
@Version(Asset.VERSION)
@Plural("connections")
@ShortNames("natsconn")
@Categories(Asset.CATEGORY)
@AdditionalPrinterColumn(
        name = "Connected",
        jsonPath = ".status.connected",
        type = AdditionalPrinterColumn.Type.BOOLEAN)
@AdditionalPrinterColumn(name = "Server", jsonPath = ".status.server", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Version", jsonPath = ".status.version", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "RTT", jsonPath = ".status.rtt", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Used By", jsonPath = ".status.usedBy", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Ready", jsonPath = Columns.READY, type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Reason", jsonPath = Columns.REASON, type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Age", jsonPath = Columns.AGE, type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
        name = "Cluster",
        jsonPath = ".status.cluster",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Account",
        jsonPath = ".status.account",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Storage",
        jsonPath = ".status.limits[0].storage.used",
        type = AdditionalPrinterColumn.Type.INTEGER,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Message",
        jsonPath = Columns.MESSAGE,
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
public final class Connection extends JetwrightResource<ConnectionSpec, ConnectionStatus> {
    private static final long serialVersionUID = 1L;

    @Override
    protected Connection empty() {
        return new Connection();
    }
}
