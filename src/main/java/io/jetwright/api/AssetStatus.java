package io.jetwright.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields that the statuses of all kinds in JetStream share. */
public interface AssetStatus extends Reported {
    /** When the JetStream object was created (RFC 3339), as the server says; null while none is known to exist. */
    @Nullable
    String created();

    /**
     * The Connection on which the JetStream object was last seen, as {@code namespace/name}; null for the operator's own
     * settings, and while {@link #created} is null.
     */
    @Nullable
    String connection();

    /** When JetStream was read (RFC 3339), by its servers' clock; null while it never was, or the server does not say. */
    @Nullable
    String readTime();

    /** The fields in which JetStream disagrees with the spec; null when there are none. */
    @Nullable
    List<Drift> drift();

    /** Null when there is none. */
    @Nullable
    List<Unmanaged> unmanaged();
}
