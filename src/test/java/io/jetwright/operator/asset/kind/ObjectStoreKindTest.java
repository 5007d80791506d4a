package io.jetwright.operator.asset.kind;

import static io.jetwright.operator.asset.kind.Answers.seen;
import static org.assertj.core.api.Assertions.assertThat;

import io.jetwright.api.ObjectStoreStatus;
import io.jetwright.operator.asset.Stage;
import io.jetwright.plan.AssetName.StreamName;
import org.junit.jupiter.api.Test;

class ObjectStoreKindTest {
    @Test
    void theObjectsOfAStoreAreThoseThatWereCountedOrWereBeforeOrNone() {
        var stores = Stage.ofObjectStores().kind;
        var files = new StreamName("OBJ_files");
        ObjectStoreStatus counted = stores.view().known(seen(files, """
                        {"total": 4, "config": {"storage": "file", "sealed": true}, "state": {"messages": 9, "bytes": 300}}
                        """), null);
        assertThat(counted.objects()).isEqualTo(4);
        assertThat(counted.bytes()).isEqualTo(300);
        assertThat(counted.bucket()).isEqualTo("files");
        assertThat(counted.ttl()).isNull();
        assertThat(counted.storage()).isEqualTo("file");
        assertThat(counted.sealed()).isTrue();
        String updated = "{\"state\": {\"messages\": 9}}";
        assertThat(stores.view().known(seen(files, updated), counted).objects()).isEqualTo(4);
        assertThat(stores.view().known(seen(files, updated), null).objects()).isNull();
        assertThat(stores.view()
                        .known(seen(files, "{\"state\": {\"messages\": 0}}"), counted)
                        .objects())
                .isZero();
        assertThat(stores.view().known(new Sight.Absent(), counted)).isEqualTo(ObjectStoreStatus.NOTHING);
        assertThat(stores.view().known(new Sight.Unseen(), counted)).isSameAs(counted);
    }
}
