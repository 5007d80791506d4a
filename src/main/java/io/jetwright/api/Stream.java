package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A stream in JetStream. */
@JsonClassDescription("A stream in JetStream.")
@Group(Asset.GROUP)
@Version(Asset.VERSION)
@Plural("streams")
@ShortNames("strm")
@Categories(Asset.CATEGORY)
@AdditionalPrinterColumn(
        name = "Stream",
        jsonPath = ".status.stream",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(name = "Subjects", jsonPath = ".status.captures", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Messages", jsonPath = ".status.messages", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Bytes", jsonPath = ".status.bytes", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Consumers",
        jsonPath = ".status.consumers",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Ready", jsonPath = Columns.READY, type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Reason", jsonPath = Columns.REASON, type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Age", jsonPath = Columns.AGE, type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
        name = "Storage",
        jsonPath = ".status.storage",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Retention",
        jsonPath = ".status.retention",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "First",
        jsonPath = ".status.firstSequence",
        type = AdditionalPrinterColumn.Type.INTEGER,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Last",
        jsonPath = ".status.lastSequence",
        type = AdditionalPrinterColumn.Type.INTEGER,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Last Message",
        jsonPath = ".status.lastTime",
        type = AdditionalPrinterColumn.Type.DATE,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Leader",
        jsonPath = ".status.leader",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Read",
        jsonPath = ".status.readTime",
        type = AdditionalPrinterColumn.Type.DATE,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Message",
        jsonPath = Columns.MESSAGE,
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
public final class Stream extends Asset<StreamSpec, StreamStatus> {
    private static final long serialVersionUID = 1L;

    @Override
    protected Stream empty() {
        return new Stream();
    }
}
