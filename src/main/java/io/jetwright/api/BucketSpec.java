package io.jetwright.api;

import org.jspecify.annotations.Nullable;

/** The fields that the specs of key-value buckets and object stores share. Null means omitted. */
public interface BucketSpec extends StreamBasedSpec {
    /** The bucket's name in JetStream; null means the resource's own name. */
    @Nullable
    String bucket();

    @Nullable
    String ttl();

    @Nullable
    Boolean compression();
}
