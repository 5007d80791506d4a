package io.jetwright.operator.run;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.jetwright.operator.report.Readings;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The metrics of each resource, made of the statuses and the newest readings when somebody asks, so that nothing is kept of a
 * resource that is gone.
 */
final class ResourceSeries implements MultiCollector {
    private static final MetricMetadata LEFT_OUT = new MetricMetadata(
            "jetwright_metrics_resources_left_out",
            "Resources without metrics of their own, since there would be more series than METRICS_MAX_SERIES");

    private final Readings readings;
    private final int most;
    private Collection<? extends HasMetadata> resources = List.of();

    private record Labelled(HasMetadata resource, Labels labels) {}

    private record Sample(ResourceMetric<?, ?> metric, GaugeDataPointSnapshot point) {}

    /**
     * Without resources.
     *
     * @param most how many series there are at most; a resource for whose series there is no room has none
     */
    ResourceSeries(Readings readings, int most) {
        this.readings = readings;
        this.most = most;
    }

    /** These are all that there are now. */
    synchronized void show(Collection<? extends HasMetadata> all) {
        resources = all;
    }

    /** Sorted by the labels, as each snapshot sorts its points, which takes long for what is not sorted yet. */
    private List<Labelled> sorted() {
        return resources.stream()
                .map(resource -> new Labelled(resource, ResourceMetrics.labels(resource)))
                .sorted(Comparator.comparing(Labelled::labels))
                .toList();
    }

    @Override
    public synchronized MetricSnapshots collect() {
        Map<ResourceMetric<?, ?>, List<GaugeDataPointSnapshot>> points = new LinkedHashMap<>();
        List<Sample> samples = new ArrayList<>();
        int series = 0;
        int leftOut = 0;
        for (Labelled each : sorted()) {
            samples.clear();
            ResourceMetrics.tell(
                    each.resource(),
                    readings,
                    (metric, more, value) -> samples.add(
                            new Sample(metric, new GaugeDataPointSnapshot(value, merged(each.labels(), more), null))));
            if (series + samples.size() > most) {
                leftOut++;
                continue;
            }
            series += samples.size();
            samples.forEach(sample -> points.computeIfAbsent(sample.metric(), metric -> new ArrayList<>())
                    .add(sample.point()));
        }
        List<MetricSnapshot> snapshots = new ArrayList<>();
        points.forEach((metric, all) -> snapshots.add(new GaugeSnapshot(metric.metadata(), all)));
        snapshots.add(new GaugeSnapshot(LEFT_OUT, List.of(new GaugeDataPointSnapshot(leftOut, Labels.EMPTY, null))));
        return new MetricSnapshots(snapshots);
    }

    private static Labels merged(Labels labels, Labels more) {
        return more.isEmpty() ? labels : labels.merge(more);
    }
}
