package io.jetwright.gitops;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntimeFactory;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a Flux Kustomization's {@code healthCheckExprs} make of a resource: the rules of Flux' RFC 0009 (StatusEvaluator of
 * fluxcd/pkg/runtime/cel). An expression that cannot be evaluated, such as one about a status that is not there yet, does not
 * hold, so the resource is waited for.
 */
public final class FluxHealthChecks {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar("metadata", SimpleType.DYN)
            .addVar("spec", SimpleType.DYN)
            .addVar("status", SimpleType.DYN)
            .setResultType(SimpleType.BOOL)
            .build();

    private final Map<String, JsonNode> byKind = new TreeMap<>();

    /** Those of a Kustomization, given in the form that it has as JSON. */
    public FluxHealthChecks(Object kustomization) {
        json(kustomization)
                .at("/spec/healthCheckExprs")
                .forEach(each -> byKind.put(
                        each.get("apiVersion").textValue() + " "
                                + each.get("kind").textValue(),
                        each));
    }

    /** The status of anything that has the form of a resource as JSON. */
    public KStatus assess(Object resource) {
        JsonNode json = json(resource);
        JsonNode checks = byKind.get(
                json.get("apiVersion").textValue() + " " + json.get("kind").textValue());
        if (checks == null) {
            return KStatus.of(resource);
        }
        JsonNode observed = json.at("/status/observedGeneration");
        if (observed.isNumber()
                && observed.longValue() != json.at("/metadata/generation").longValue()) {
            return KStatus.IN_PROGRESS;
        }
        try {
            if (holds(checks, "inProgress", json)) {
                return KStatus.IN_PROGRESS;
            }
            if (holds(checks, "failed", json)) {
                return KStatus.FAILED;
            }
            return holds(checks, "current", json) ? KStatus.CURRENT : KStatus.IN_PROGRESS;
        } catch (CelEvaluationException e) {
            return KStatus.IN_PROGRESS;
        }
    }

    private static boolean holds(JsonNode checks, String field, JsonNode resource) throws CelEvaluationException {
        if (!checks.has(field)) {
            return false;
        }
        try {
            var program = CelRuntimeFactory.standardCelRuntimeBuilder()
                    .build()
                    .createProgram(
                            COMPILER.compile(checks.get(field).textValue()).getAst());
            return Boolean.TRUE.equals(
                    program.eval(JSON.convertValue(resource, new TypeReference<Map<String, Object>>() {})));
        } catch (CelValidationException e) {
            throw new IllegalArgumentException(field + ": " + e.getMessage(), e);
        }
    }

    private static JsonNode json(Object resource) {
        return Serialization.unmarshal(Serialization.asJson(resource), JsonNode.class);
    }
}
