package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** Where the types of protobuf messages are. */
public record EventLoggerDescriptors(
        @JsonPropertyDescription(
                "The ConfigMap, in the same namespace. Each of its keys holds a descriptor set, as protoc --include_imports"
                        + " --descriptor_set_out or buf build makes it. Without it the pods do not start. One that changes is taken"
                        + " over within a minute or so, without new pods.")
        @Required
        ConfigMapReference configMapRef) {}
