package io.jetwright.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The namespaces, beside the Connection's own, whose resources may use it: by name, or by label. */
@ValidationRule(
        value = "has(self.names) || has(self.selector)",
        message = "allowedNamespaces needs names or a selector; to allow no other namespace, remove it")
public record AllowedNamespaces(
        @JsonPropertyDescription("Names of namespaces; '*' stands for all.") @Size(max = 1000) @Nullable
        List<@Pattern(Limits.NAMESPACE) @Size(min = 1, max = 63) String> names,

        @JsonPropertyDescription("Labels that a namespace must have. The operator needs the permission to list and"
                + " watch namespaces for it.")
        @Nullable
        LabelSelector selector) {}
