package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** An object store in JetStream. */
@JsonClassDescription("An object store in JetStream.")
@Group(Asset.GROUP)
@Version(Asset.VERSION)
@Plural("objectstores")
@ShortNames("obj")
@Categories(Asset.CATEGORY)
@AdditionalPrinterColumn(name = "Bucket", jsonPath = ".status.bucket", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "TTL", jsonPath = ".status.ttl", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Objects", jsonPath = ".status.objects", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Bytes", jsonPath = ".status.bytes", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Ready", jsonPath = Columns.READY, type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Reason", jsonPath = Columns.REASON, type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Age", jsonPath = Columns.AGE, type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
        name = "Storage",
        jsonPath = ".status.storage",
        type = AdditionalPrinterColumn.Type.STRING,
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
public final class ObjectStore extends Asset<ObjectStoreSpec, ObjectStoreStatus> {
    private static final long serialVersionUID = 1L;

    @Override
    protected ObjectStore empty() {
        return new ObjectStore();
    }
}
