package io.jetwright.api;

import org.jspecify.annotations.Nullable;

/** The fields that the specs of all kinds in JetStream share: they say how Jetwright treats the JetStream object. */
public interface AssetSpec {
    /** Null means the operator's default. */
    @Nullable
    ConnectionReference connectionRef();

    /** Null means {@link ManagementPolicy#MANAGE}. */
    @Nullable
    ManagementPolicy managementPolicy();

    /** Null means {@link DeletionPolicy#DELETE}. */
    @Nullable
    DeletionPolicy deletionPolicy();

    /** Null means {@link RecreatePolicy#NEVER}. */
    @Nullable
    RecreatePolicy recreatePolicy();

    /** Null means {@link OmittedFields#KEEP}. */
    @Nullable
    OmittedFields omittedFields();

    /** Null means false. */
    @Nullable
    Boolean suspend();

    /** Whether what the spec omits goes back to the server's default, even if the resource never set it. */
    default boolean resets() {
        return omittedFields() == OmittedFields.RESET;
    }

    /** Whether JetStream is only compared with the spec, and never written to. */
    default boolean observes() {
        return managementPolicy() == ManagementPolicy.OBSERVE;
    }

    /** Whether JetStream is neither read nor written. */
    default boolean suspends() {
        return Boolean.TRUE.equals(suspend());
    }

    /** Whether the JetStream object stays when the resource is deleted. */
    default boolean retains() {
        return suspends() || observes() || deletionPolicy() == DeletionPolicy.RETAIN;
    }
}
