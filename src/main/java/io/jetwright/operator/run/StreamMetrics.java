package io.jetwright.operator.run;

import static io.jetwright.operator.run.MetricParts.allOf;
import static io.jetwright.operator.run.MetricParts.hasLeader;
import static io.jetwright.operator.run.MetricParts.limit;
import static io.jetwright.operator.run.MetricParts.observed;
import static io.jetwright.operator.run.MetricParts.offline;
import static io.jetwright.operator.run.MetricParts.ready;
import static io.jetwright.operator.run.MetricParts.seconds;

import io.jetwright.api.Stream;
import io.jetwright.api.StreamLag;
import io.jetwright.api.StreamStatus;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The metrics of Streams. Pure functions of the resource. */
final class StreamMetrics {
    static final List<ResourceMetric<Stream, StreamStatus>> ALL = allOf(
            AlertMetrics.STREAM,
            List.of(
                    ready("stream"),
                    observed("stream"),
                    ofStream("total_messages", "Messages in the stream", StreamStatus::messages),
                    ofStream("total_bytes", "Bytes that the stream takes", StreamStatus::bytes),
                    ofStream("first_seq", "The sequence of the first message", StreamStatus::firstSequence),
                    ofStream("last_seq", "The sequence of the last message", StreamStatus::lastSequence),
                    ofStream(
                            "last_message_timestamp_seconds",
                            "When the last message was stored, in seconds since 1970",
                            status -> seconds(status.lastTime())),
                    ofStream("consumers", "Consumers of the stream", StreamStatus::consumers),
                    ofStream("subjects", "Subjects that have messages in the stream", StreamStatus::subjects),
                    ofStream(
                            "num_deleted",
                            "Messages between the first and the last that are gone",
                            status -> status.messages() == null
                                    ? null
                                    : Objects.requireNonNullElse(status.deleted(), 0L)),
                    ResourceMetric.ofSpec(
                            "jetwright_stream_limit_messages",
                            "spec.maxMsgs, where it is set and no -1",
                            stream -> limit(stream.getSpec().maxMsgs())),
                    ResourceMetric.ofSpec(
                            "jetwright_stream_limit_bytes",
                            "spec.maxBytes, where it is set and no -1",
                            stream -> limit(
                                    stream.getSpec().maxBytes() == null
                                            ? null
                                            : stream.getSpec().maxBytes().bytes())),
                    hasLeader("stream", StreamStatus::cluster, StreamStatus::leader),
                    offline("stream", StreamStatus::replicas),
                    ofStream(
                            "mirror_lag",
                            "Messages that the mirror has still to copy",
                            status -> status.mirror() == null
                                    ? null
                                    : status.mirror().lag()),
                    ResourceMetric.ofSeveral(
                            "jetwright_stream_source_lag",
                            "Messages that are still to be copied from a source, by its place among spec.sources",
                            StreamMetrics::sourceLags)));

    private StreamMetrics() {}

    private static ResourceMetric<Stream, StreamStatus> ofStream(
            String name, String help, Function<StreamStatus, @Nullable Number> value) {
        return ResourceMetric.ofStatus("jetwright_stream_" + name, help, value);
    }

    private static void sourceLags(StreamStatus status, ResourceMetric.Sink sink) {
        List<StreamLag> sources = Objects.requireNonNullElse(status.sources(), List.of());
        for (int i = 0; i < sources.size(); i++) {
            StreamLag source = sources.get(i);
            sink.value(Labels.of("source", source.name(), "index", Integer.toString(i)), (double) source.lag());
        }
    }
}
