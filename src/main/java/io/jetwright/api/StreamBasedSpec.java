package io.jetwright.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields that the specs of all kinds share that become a stream. Null means omitted. */
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
