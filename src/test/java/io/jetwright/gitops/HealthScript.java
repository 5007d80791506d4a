package io.jetwright.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LoadState;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.BaseLib;
import org.luaj.vm2.lib.PackageLib;
import org.luaj.vm2.lib.TableLib;

/**
 * A script by which Argo CD assesses a resource, with no more libraries than Argo CD gives to those of argocd-cm: base,
 * package and table (util/lua/lua.go, {@code runLua}), and without the few functions of os that it also gives. There is no
 * string library, so no method of a string either.
 */
public final class HealthScript {
    /** Of Lua 5.2, which the interpreter knows, and Argo CD's, for Lua 5.1, does not. */
    private static final String[] UNKNOWN_TO_ARGO_CD = {"rawlen"};

    private final String source;

    /** A script from its text. */
    public HealthScript(String source) {
        this.source = source;
    }

    /** The script in a file. */
    public static HealthScript in(Path file) {
        try {
            return new HealthScript(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What Argo CD shows for a resource, which is anything that has the form of one as JSON. */
    public Health assess(Object resource) {
        Globals globals = new Globals();
        globals.load(new BaseLib());
        globals.load(new PackageLib());
        globals.load(new TableLib());
        for (String name : UNKNOWN_TO_ARGO_CD) {
            globals.set(name, LuaValue.NIL);
        }
        LoadState.install(globals);
        LuaC.install(globals);
        globals.set("obj", value(Serialization.unmarshal(Serialization.asJson(resource), JsonNode.class)));
        LuaValue answer = globals.load(source, "health.lua").call();
        return new Health(
                answer.get("status").checkjstring(), answer.get("message").checkjstring());
    }

    private static LuaValue value(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                LuaTable table = LuaValue.tableOf();
                node.properties().forEach(field -> table.set(field.getKey(), value(field.getValue())));
                yield table;
            }
            case ARRAY -> {
                LuaTable table = LuaValue.tableOf();
                for (int i = 0; i < node.size(); i++) {
                    table.set(i + 1, value(node.get(i)));
                }
                yield table;
            }
            case NUMBER -> LuaValue.valueOf(node.doubleValue());
            case BOOLEAN -> LuaValue.valueOf(node.booleanValue());
            case STRING -> LuaValue.valueOf(node.textValue());
            default -> LuaValue.NIL;
        };
    }

    /**
     * An answer.
     *
     * @param status one of Argo CD's: Healthy, Progressing, Degraded, Suspended
     * @param message what the user interface shows beside it
     */
    public record Health(String status, String message) {}
}
