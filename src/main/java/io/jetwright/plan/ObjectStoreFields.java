package io.jetwright.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jetwright.api.ObjectStoreSpec;
import io.jetwright.plan.AssetName.StreamName;
import java.util.List;

/** What each field of an {@link ObjectStoreSpec} is in the bucket's stream, as nats.go and jnats create it (ADR-20). */
final class ObjectStoreFields {
    static final List<Field<ObjectStoreSpec>> ALL =
            BucketFields.with(List.of(Field.named("subjects", "subjects", ObjectStoreFields::subjects)
                    .as(FieldType.SET)
                    .asStored(BucketFields::storedSubjects)));

    private ObjectStoreFields() {}

    private static JsonNode subjects(ObjectStoreSpec spec, AssetName name) {
        String bucket = Buckets.of(new StreamName(name.stream()));
        return JsonNodeFactory.instance.arrayNode().add(Buckets.objects(bucket)).add(Buckets.chunks(bucket));
    }
}
