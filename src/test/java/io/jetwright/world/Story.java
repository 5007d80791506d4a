package io.jetwright.world;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.jetwright.api.AssetSpec;
import io.jetwright.api.ConsumerSpec;
import io.jetwright.api.KeyValueSpec;
import io.jetwright.api.StreamSpec;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.AssetName.ConsumerName;
import io.jetwright.plan.AssetName.StreamName;
import io.jetwright.plan.Settings;
import io.jetwright.world.ModelApiServer.ResourceKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What happens in a world, made from a seed: the same seed makes the same story. Parts of it can be left out, which is how the shortest
 * story is found that shows a fault. (Own and not jqwik's: its shrinking runs a property anew for each part of each action, and a world
 * is cheaper to repeat as a whole.)
 *
 * @param kept which of the seed's actions happen, by their numbers
 */
record Story(long seed, int length, List<Integer> kept) {
    private static final Map<String, AssetSpec> SPECS = new ConcurrentHashMap<>();

    static Story of(long seed, int length) {
        return new Story(seed, length, IntStream.range(0, length).boxed().toList());
    }

    /** The actions of a story that was told before, as {@link #toString} says. */
    static Story of(long seed, int length, int... kept) {
        return new Story(seed, length, Arrays.stream(kept).boxed().toList());
    }

    /** What went wrong; empty if all is well. */
    Optional<Failure> play() {
        List<Action> all = actions(seed, length);
        return play(kept.stream().map(all::get).toList()).map(failure -> failure.of(this));
    }

    /** What went wrong in a world in which this happens, one after the other; empty if all is well. */
    static Optional<Failure> play(List<Action> actions) {
        var world = new World();
        try {
            for (Action action : actions) {
                world.tell("* " + action);
                action.in(world);
                world.pass(Duration.ofMillis(1));
            }
            world.settle();
            world.end();
            return Optional.empty();
        } catch (AssertionError | RuntimeException e) {
            return Optional.of(new Failure(new Story(0, 0, List.of()), e, List.copyOf(world.history())));
        }
    }

    /** People apply a Stream, Consumer or KeyValue: its kind, namespace and name, and its spec in YAML. */
    static Action apply(String kind, String namespace, String name, String spec) {
        return new Action.Apply(new ResourceKey(kind, namespace, name), spec(kind, spec), spec);
    }

    /** A story that went wrong. */
    record Failure(Story story, Throwable why, List<String> history) {
        Failure of(Story other) {
            return new Failure(other, why, history);
        }

        @Override
        public String toString() {
            return "%s%nreplay: %s%n%s".formatted(why, story, String.join("\n", history));
        }
    }

    /** The shortest story that goes wrong, of those that leave out parts of this one. */
    Failure shortest(Failure known) {
        Failure best = known;
        for (int size = Math.max(1, kept.size() / 2); size >= 1; size = size == 1 ? 0 : size / 2) {
            int from = 0;
            while (from < best.story().kept().size()) {
                List<Integer> fewer = new ArrayList<>(best.story().kept());
                fewer.subList(from, Math.min(from + size, fewer.size())).clear();
                Optional<Failure> failure = new Story(seed, length, fewer).play();
                if (failure.isPresent()) {
                    best = failure.get();
                } else {
                    from += size;
                }
            }
        }
        return best;
    }

    @Override
    public String toString() {
        return "Story.of(%dL, %d, %s).play()"
                .formatted(seed, length, kept.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }

    private static List<Action> actions(long seed, int length) {
        var random = new Random(seed);
        List<Action> actions = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            actions.add(action(random));
        }
        return actions;
    }

    private static Action action(Random random) {
        int kind = random.nextInt(100);
        if (kind < 30) {
            return apply(random);
        }
        if (kind < 38) {
            return new Action.Delete(key(random));
        }
        if (kind < 39) {
            return new Action.DeleteNamespace(one(random, "shop", "hall"));
        }
        if (kind < 43) {
            AssetName name = name(random);
            return new Action.Create(server(random), name, settings(random, name));
        }
        if (kind < 50) {
            return edit(random);
        }
        if (kind < 54) {
            return new Action.Remove(server(random), name(random));
        }
        if (kind < 58) {
            return new Action.Fill(server(random), streamName(random), random.nextInt(3));
        }
        if (kind < 61) {
            String to = one(random, "a", "b", "");
            return new Action.Reroute(one(random, "", "shop/other"), to.isEmpty() ? null : to);
        }
        if (kind < 64) {
            return new Action.Down(server(random));
        }
        if (kind < 68) {
            return new Action.Up(server(random));
        }
        if (kind < 78) {
            World.Fault[] faults = World.Fault.values();
            return new Action.Fail(faults[1 + random.nextInt(faults.length - 1)], random.nextInt(6));
        }
        if (kind < 82) {
            return new Action.Lag(
                    one(random, "Stream", "Consumer", "KeyValue", "advisories"),
                    Duration.ofMillis(random.nextInt(4) == 0 ? -1 : random.nextInt(5000)));
        }
        if (kind < 84) {
            return new Action.Kill();
        }
        return new Action.Wait(Duration.ofMillis(
                random.nextInt(8) == 0 ? random.nextInt(1_200_000) : random.nextInt(4) * (long) random.nextInt(5000)));
    }

    private static String one(Random random, String... of) {
        return of[random.nextInt(of.length)];
    }

    private static String server(Random random) {
        return one(random, "a", "a", "b");
    }

    private static StreamName streamName(Random random) {
        return new StreamName(one(random, "S1", "S2", "KV_B1"));
    }

    private static AssetName name(Random random) {
        StreamName stream = streamName(random);
        return random.nextInt(3) == 0 ? new ConsumerName(stream.name(), one(random, "c1", "c2")) : stream;
    }

    private static Settings settings(Random random, AssetName name) {
        String json = name instanceof StreamName
                ? "{name: %s, subjects: [\"%s\"], retention: %s, storage: %s}"
                        .formatted(
                                name.name(),
                                subject(random, name.name()),
                                one(random, "limits", "limits", "workqueue"),
                                one(random, "file", "memory"))
                : "{durable_name: %s, ack_policy: %s}".formatted(name.name(), one(random, "explicit", "none"));
        return Settings.of(Serialization.unmarshal("--- " + json, com.fasterxml.jackson.databind.JsonNode.class));
    }

    private static String subject(Random random, String stream) {
        return random.nextInt(5) == 0 ? "shared.>" : stream.toLowerCase(java.util.Locale.ROOT) + ".>";
    }

    private static Action edit(Random random) {
        AssetName name = name(random);
        return switch (random.nextInt(3)) {
            case 0 -> new Action.Edit(server(random), name, "description", one(random, "mine", "theirs"));
            case 1 ->
                name instanceof StreamName
                        ? new Action.Edit(server(random), name, "max_msgs", 1 + random.nextInt(3))
                        : new Action.Edit(server(random), name, "max_deliver", 1 + random.nextInt(3));
            default ->
                name instanceof StreamName
                        ? new Action.Edit(server(random), name, "max_bytes", 1000 + random.nextInt(3))
                        : new Action.Edit(server(random), name, "max_ack_pending", 10 + random.nextInt(3));
        };
    }

    private static ResourceKey key(Random random) {
        return new ResourceKey(
                one(random, "Stream", "Stream", "Consumer", "Consumer", "KeyValue"),
                one(random, "shop", "shop", "hall"),
                one(random, "x", "y"));
    }

    private static Action apply(Random random) {
        ResourceKey key = key(random);
        String text =
                switch (key.kind()) {
                            case "Stream" -> stream(random);
                            case "Consumer" -> consumer(random);
                            default -> "bucket: B1" + maybe(random, 3, ", history: " + (1 + random.nextInt(2)));
                        }
                        + policies(random, key);
        String yaml = "{" + text + "}";
        return new Action.Apply(key, spec(key.kind(), yaml), yaml);
    }

    private static AssetSpec spec(String kind, String yaml) {
        return SPECS.computeIfAbsent(kind + yaml, text -> switch (kind) {
            case "Stream" -> Serialization.unmarshal("--- " + yaml, StreamSpec.class);
            case "Consumer" -> Serialization.unmarshal("--- " + yaml, ConsumerSpec.class);
            default -> Serialization.unmarshal("--- " + yaml, KeyValueSpec.class);
        });
    }

    private static String maybe(Random random, int oneIn, String text) {
        return random.nextInt(oneIn) == 0 ? text : "";
    }

    private static String stream(Random random) {
        String name = streamName(random).name();
        return "name: %s, subjects: [%s]".formatted(name, subject(random, name))
                + maybe(random, 4, ", retention: " + one(random, "workqueue", "limits"))
                + maybe(random, 4, ", storage: " + one(random, "memory", "file"))
                + maybe(random, 3, ", maxMsgs: " + (1 + random.nextInt(3)))
                + maybe(random, 4, ", description: " + one(random, "ours", "of us"));
    }

    private static String consumer(Random random) {
        return (random.nextInt(2) == 0
                        ? "streamRef: {name: %s}".formatted(one(random, "x", "y"))
                        : "streamName: " + streamName(random).name())
                + ", durableName: " + one(random, "c1", "c2")
                + maybe(random, 4, ", ackPolicy: " + one(random, "explicit", "none"))
                + maybe(random, 3, ", maxDeliver: " + (1 + random.nextInt(3)))
                + maybe(random, 4, ", description: " + one(random, "ours", "of us"));
    }

    private static String policies(Random random, ResourceKey key) {
        return maybe(random, 6, ", suspend: true")
                + maybe(random, 8, ", managementPolicy: Observe")
                + maybe(random, 3, ", deletionPolicy: " + one(random, "Delete", "Retain", "DeleteIfEmpty"))
                + maybe(random, 3, ", recreatePolicy: " + one(random, "Never", "IfEmpty", "Always"))
                + maybe(random, 6, ", omittedFields: " + one(random, "Reset", "Keep"))
                + maybe(
                        random,
                        5,
                        ", connectionRef: {name: other%s}"
                                .formatted(key.namespace().equals("shop") ? "" : ", namespace: shop"));
    }
}
