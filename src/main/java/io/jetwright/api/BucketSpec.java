package io.jetwright.api;

import org.jspecify.annotations.Nullable;

/** What the specs of key-value buckets and object stores have in common. Null means omitted. */
public interface BucketSpec extends StreamBasedSpec {
    /** Omitted: the resource's own name. */
    @Nullable
    String bucket();

    @Nullable
    String ttl();

    @Nullable
    Boolean compression();
}
