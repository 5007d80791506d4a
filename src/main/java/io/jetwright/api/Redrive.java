package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** Sends dead letters back, once. */
@JsonClassDescription("Sends dead letters back to where they came from, or elsewhere. It runs once, like a Job.")
@Group(Asset.GROUP)
@Version(Asset.VERSION)
@Plural("redrives")
@ShortNames("rdrv")
@Categories(Asset.CATEGORY)
@AdditionalPrinterColumn(name = "Stream", jsonPath = ".status.stream", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Matched", jsonPath = ".status.matched", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Done", jsonPath = ".status.done", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Rate", jsonPath = ".status.rate", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Time Left", jsonPath = ".status.timeLeft", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Ready", jsonPath = Columns.READY, type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Reason", jsonPath = Columns.REASON, type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Age", jsonPath = Columns.AGE, type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
        name = "Skipped",
        jsonPath = ".status.skipped",
        type = AdditionalPrinterColumn.Type.INTEGER,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Uncertain",
        jsonPath = ".status.uncertain",
        type = AdditionalPrinterColumn.Type.INTEGER,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Dead Again",
        jsonPath = ".status.deadAgain",
        type = AdditionalPrinterColumn.Type.INTEGER,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Message",
        jsonPath = Columns.MESSAGE,
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
public final class Redrive extends JetwrightResource<RedriveSpec, RedriveStatus> {
    private static final long serialVersionUID = 1L;

    @Override
    protected Redrive empty() {
        return new Redrive();
    }
}
