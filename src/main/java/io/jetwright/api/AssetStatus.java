package io.jetwright.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the statuses of all kinds that live in JetStream have in common. */
public interface AssetStatus extends Reported {
    /** When the JetStream object was created (RFC 3339), as the server says; null while none is known to exist. */
    @Nullable
    String created();

    /** Null when there is none. */
    @Nullable
    List<Drift> drift();
}
