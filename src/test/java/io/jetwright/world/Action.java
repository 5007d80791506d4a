package io.jetwright.world;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jetwright.api.AssetSpec;
import io.jetwright.jetstream.Advisory;
import io.jetwright.jetstream.JetStreamException;
import io.jetwright.jetstream.ModelServer;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.Settings;
import io.jetwright.world.ModelApiServer.ResourceKey;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What somebody does, or what goes wrong. What makes no sense in a world has no effect. */
sealed interface Action {
    void in(World world);

    /** People apply a resource, as {@code text} has it. */
    record Apply(ResourceKey key, AssetSpec spec, String text) implements Action {
        @Override
        public void in(World world) {
            world.api.apply(key, spec);
        }

        @Override
        public String toString() {
            return "apply " + key + " " + text;
        }
    }

    record Delete(ResourceKey key) implements Action {
        @Override
        public void in(World world) {
            world.api.delete(key);
        }
    }

    record DeleteNamespace(String namespace) implements Action {
        @Override
        public void in(World world) {
            world.api.all().stream()
                    .map(ResourceKey::of)
                    .filter(key -> key.namespace().equals(namespace))
                    .forEach(world.api::delete);
        }
    }

    /** Somebody else creates an object, with these settings. */
    record Create(String server, AssetName name, Settings settings) implements Action {
        @Override
        public void in(World world) {
            ModelServer there = there(world, server);
            try {
                if (there.settings(name).isEmpty() && there.put(name, settings).isPresent()) {
                    world.disturb();
                    world.advise(server, Advisory.Action.CREATED, name);
                }
            } catch (JetStreamException e) {
                world.tell("refused: " + e.getMessage());
            }
        }
    }

    /** Somebody else sets a number or text of an object. */
    record Edit(String server, AssetName name, String field, Object value) implements Action {
        @Override
        public void in(World world) {
            ModelServer there = there(world, server);
            Settings known = there.settings(name).orElse(null);
            if (known != null) {
                try {
                    there.change(
                            name,
                            known.with(
                                    field,
                                    value instanceof Integer number
                                            ? IntNode.valueOf(number)
                                            : TextNode.valueOf(value.toString())));
                    world.disturb();
                    world.advise(server, Advisory.Action.UPDATED, name);
                } catch (JetStreamException e) {
                    world.tell("refused: " + e.getMessage());
                }
            }
        }
    }

    /** Somebody else deletes an object. */
    record Remove(String server, AssetName name) implements Action {
        @Override
        public void in(World world) {
            ModelServer there = there(world, server);
            if (there.settings(name).isPresent()) {
                there.remove(name);
                world.disturb();
                world.advise(server, Advisory.Action.DELETED, name);
            }
        }
    }

    /** A stream has so many messages from now on. */
    record Fill(String server, AssetName name, int messages) implements Action {
        @Override
        public void in(World world) {
            there(world, server).messages(name, messages);
        }
    }

    /** A Connection leads to another server; null for nowhere. */
    record Reroute(String key, @Nullable String server) implements Action {
        @Override
        public void in(World world) {
            world.route(key, server);
        }
    }

    record Down(String server) implements Action {
        @Override
        public void in(World world) {
            world.goDown(server);
        }
    }

    record Up(String server) implements Action {
        @Override
        public void in(World world) {
            world.comeUp(server);
        }
    }

    /** At the request after so many others. */
    record Fail(World.Fault fault, int after) implements Action {
        @Override
        public void in(World world) {
            while (world.faults.size() < after) {
                world.faults.add(World.Fault.NONE);
            }
            world.faults.add(fault);
        }
    }

    /** News of this takes so long from now on; less than nothing: it does not come. */
    record Lag(String what, Duration lag) implements Action {
        @Override
        public void in(World world) {
            if (!lag.isNegative() || what.equals("advisories")) {
                world.lags.put(what, lag);
            }
        }
    }

    record Kill() implements Action {
        @Override
        public void in(World world) {
            world.kill();
        }
    }

    record Wait(Duration duration) implements Action {
        @Override
        public void in(World world) {
            world.pass(duration);
        }
    }

    private static ModelServer there(World world, String server) {
        return Objects.requireNonNull(world.servers.get(server));
    }
}
