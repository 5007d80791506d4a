package io.jetwright.operator.asset.kind;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jetwright.jetstream.Live;
import io.jetwright.plan.AssetName;
import io.jetwright.plan.Settings;
import java.util.Map;

/** What JetStream answers. */
final class Answers {
    private Answers() {}

    static JsonNode json(String text) {
        try {
            return JsonMapper.builder().build().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** An object of which JetStream says this. */
    static Sight seen(AssetName name, String info) {
        return new Sight.Seen(name, new Live(new Settings(Map.of()), json(info)));
    }
}
