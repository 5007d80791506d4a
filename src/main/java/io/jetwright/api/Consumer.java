package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A durable consumer of a stream in JetStream. */
@JsonClassDescription("A durable consumer of a stream in JetStream.")
@Group(Asset.GROUP)
@Version(Asset.VERSION)
@Plural("consumers")
@ShortNames("cons")
@Categories(Asset.CATEGORY)
@AdditionalPrinterColumn(name = "Stream", jsonPath = ".status.stream", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Consumer",
        jsonPath = ".status.consumer",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(name = "Pending", jsonPath = ".status.pending", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Ack Pending",
        jsonPath = ".status.ackPending",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Redelivered",
        jsonPath = ".status.redelivered",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Dead",
        jsonPath = ".status.deadLetters.stored",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Ready", jsonPath = Columns.READY, type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Reason", jsonPath = Columns.REASON, type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Age", jsonPath = Columns.AGE, type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
        name = "Waiting",
        jsonPath = ".status.waiting",
        type = AdditionalPrinterColumn.Type.INTEGER,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Delivered",
        jsonPath = ".status.delivered.streamSequence",
        type = AdditionalPrinterColumn.Type.INTEGER,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Ack Floor",
        jsonPath = ".status.ackFloor.streamSequence",
        type = AdditionalPrinterColumn.Type.INTEGER,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Last Delivery",
        jsonPath = ".status.delivered.lastTime",
        type = AdditionalPrinterColumn.Type.DATE,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Paused",
        jsonPath = ".status.paused",
        type = AdditionalPrinterColumn.Type.BOOLEAN,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Dead Letters",
        jsonPath = Columns.DEAD_LETTERS,
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Dead Waiting",
        jsonPath = ".status.deadLetters.waiting",
        type = AdditionalPrinterColumn.Type.INTEGER,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Last Death",
        jsonPath = ".status.deadLetters.lastTime",
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
public final class Consumer extends Asset<ConsumerSpec, ConsumerStatus> {
    private static final long serialVersionUID = 1L;

    @Override
    protected Consumer empty() {
        return new Consumer();
    }
}
