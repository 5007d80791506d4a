package io.jetwright.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the specs of all kinds have in common that become a stream: where and how it is kept. Null means omitted. */
public interface StreamBasedSpec extends AssetSpec {
    @Nullable
    String description();

    @Nullable
    StorageType storage();

    @Nullable
    Integer replicas();

    @Nullable
    ByteSize maxBytes();

    @Nullable
    Placement placement();

    @Nullable
    Map<String, String> metadata();
}
