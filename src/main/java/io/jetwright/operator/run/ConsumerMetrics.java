package io.jetwright.operator.run;

import static io.jetwright.operator.run.MetricParts.allOf;
import static io.jetwright.operator.run.MetricParts.hasLeader;
import static io.jetwright.operator.run.MetricParts.limit;
import static io.jetwright.operator.run.MetricParts.number;
import static io.jetwright.operator.run.MetricParts.observed;
import static io.jetwright.operator.run.MetricParts.ofStatus;
import static io.jetwright.operator.run.MetricParts.offline;
import static io.jetwright.operator.run.MetricParts.ready;
import static io.jetwright.operator.run.MetricParts.seconds;

import io.jetwright.api.Consumer;
import io.jetwright.api.ConsumerStatus;
import io.jetwright.api.DeadLettersStatus;
import io.jetwright.api.SequencePair;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The metrics of Consumers. Pure functions of the resource. */
final class ConsumerMetrics {
    static final List<ResourceMetric<Consumer, ConsumerStatus>> ALL = allOf(
            AlertMetrics.CONSUMER,
            List.of(
                    ready("consumer"),
                    observed("consumer"),
                    ofConsumer("num_pending", "Messages that are still to be delivered", ConsumerStatus::pending),
                    ofConsumer(
                            "num_ack_pending", "Deliveries that are not acknowledged yet", ConsumerStatus::ackPending),
                    ofConsumer(
                            "num_redelivered",
                            "Messages that were delivered more than once and are not acknowledged yet",
                            ConsumerStatus::redelivered),
                    ofConsumer(
                            "num_waiting",
                            "Pull requests that wait for messages; none of a push consumer",
                            status -> status.pushBound() == null ? status.waiting() : null),
                    ofConsumer(
                            "delivered_consumer_seq",
                            "The number of the last delivery",
                            status -> consumerSequence(status.delivered())),
                    ofConsumer(
                            "delivered_stream_seq",
                            "The sequence of the message that was delivered last",
                            status -> streamSequence(status.delivered())),
                    ofConsumer(
                            "ack_floor_consumer_seq",
                            "The delivery up to which everything is acknowledged",
                            status -> consumerSequence(status.ackFloor())),
                    ofConsumer(
                            "ack_floor_stream_seq",
                            "The sequence up to which everything is acknowledged",
                            status -> streamSequence(status.ackFloor())),
                    ofConsumer(
                            "last_delivery_timestamp_seconds",
                            "When a message was last delivered, in seconds since 1970",
                            status -> time(status.delivered())),
                    ofConsumer(
                            "last_ack_timestamp_seconds",
                            "When a message was last acknowledged, in seconds since 1970",
                            status -> time(status.ackFloor())),
                    ResourceMetric.ofSpec(
                            "jetwright_consumer_limit_ack_pending",
                            "spec.maxAckPending, where it is set and no -1",
                            consumer -> limit(consumer.getSpec().maxAckPending())),
                    ofConsumer(
                            "paused",
                            "1 while delivery is paused",
                            status -> status.paused() == null ? null : number(status.paused())),
                    hasLeader("consumer", ConsumerStatus::cluster, ConsumerStatus::leader),
                    offline("consumer", ConsumerStatus::replicas),
                    ofConsumer(
                            "dead_letters_stored",
                            "Dead letters that are stored now",
                            status -> ofLetters(status, DeadLettersStatus::stored)),
                    ofConsumer(
                            "dead_letters_waiting",
                            "Messages that have died and whose dead letter is not stored yet",
                            status -> ofLetters(status, DeadLettersStatus::waiting))));

    private ConsumerMetrics() {}

    private static ResourceMetric<Consumer, ConsumerStatus> ofConsumer(
            String name, String help, Function<ConsumerStatus, @Nullable Number> value) {
        return ResourceMetric.ofStatus("jetwright_consumer_" + name, help, value);
    }

    private static @Nullable Long consumerSequence(@Nullable SequencePair pair) {
        return pair == null ? null : pair.consumerSequence();
    }

    private static @Nullable Long streamSequence(@Nullable SequencePair pair) {
        return pair == null ? null : pair.streamSequence();
    }

    private static @Nullable Number time(@Nullable SequencePair pair) {
        return pair == null ? null : seconds(pair.lastTime());
    }

    private static @Nullable Number ofLetters(
            ConsumerStatus status, Function<DeadLettersStatus, @Nullable Long> value) {
        return ofStatus(status.deadLetters(), value);
    }
}
