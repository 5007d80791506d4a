package io.jetwright.operator.run;

import io.jetwright.api.Durations;
import io.jetwright.api.ImagePullPolicy;
import io.jetwright.environment.Environment;
import io.jetwright.operator.report.StatusWrites;
import io.jetwright.process.InstallationSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The operator's configuration.
 *
 * @param installation what the relay of dead letters is configured by, too
 * @param resync after how long each resource is compared with JetStream again
 * @param leaderElection whether several instances share the work of one
 * @param statusWrites when a status is written in which only measurements have changed
 * @param metricsInterval after how long the measurements of all resources are read for the metrics alone; empty: when a
 *     resource is compared
 * @param metricsMaxSeries how many series the metrics of resources have together at most
 * @param image the operator's own container image, of which event loggers are made; empty: each has to name one
 * @param imagePullPolicy of that image; empty: Kubernetes' default
 * @param imagePullSecrets by which that image is pulled: names of Secrets in the namespaces of event loggers
 * @param eventLoggers whether event loggers are run
 * @param allowedImages other container images that event loggers may name, or their beginnings with {@code *} after them
 */
public record OperatorSettings(
        InstallationSettings installation,
        Duration resync,
        boolean leaderElection,
        StatusWrites.Limits statusWrites,
        Optional<Duration> metricsInterval,
        int metricsMaxSeries,
        Optional<String> image,
        Optional<ImagePullPolicy> imagePullPolicy,
        List<String> imagePullSecrets,
        boolean eventLoggers,
        List<String> allowedImages) {
    private static final int MOST_SERIES = 10_000_000;
    private static final int MOST_WRITES = 1_000_000;

    /** Its own environment variables, as {@code --help} lists them after those of {@link InstallationSettings}. */
    public enum Variable implements io.jetwright.environment.Variable {
        RESYNC_INTERVAL("60s", "after how long each resource is compared with JetStream again, at least 1s"),
        LEADER_ELECTION("false", "true when several instances run, of which one works at a time"),
        STATUS_INTERVAL(
                "5m",
                "after how long a status is written at the latest in which only numbers have changed that JetStream measures,"
                        + " such as messages and pending; 0s: with each change"),
        STATUS_SHARE(
                "10", "by how many percent one of these numbers has to differ for the status to be written sooner"),
        STATUS_WRITES_PER_MINUTE("600", "how many statuses are written in a minute for that share"),
        METRICS_INTERVAL(
                "",
                "after how long the numbers for the metrics are read from JetStream's lists of streams and consumers, at least 1s;"
                        + " empty: they are those of the comparisons, RESYNC_INTERVAL"),
        METRICS_MAX_SERIES(
                "250000",
                "how many series the metrics of resources have together at most; a resource for whose series there is no"
                        + " room has none, and jetwright_metrics_resources_left_out counts it; 0: none of resources"),
        IMAGE("", "the container image of the operator, which event loggers run that name no other"),
        IMAGE_PULL_POLICY("", "Always, IfNotPresent or Never, for IMAGE; empty: as Kubernetes does"),
        IMAGE_PULL_SECRETS(
                "", "Secrets by which IMAGE is pulled, separated by commas, in the namespaces of event loggers"),
        EVENT_LOGGER_ENABLED("true", "false: EventLoggers are not run, and say so"),
        EVENT_LOGGER_ALLOWED_IMAGES(
                "",
                "container images that EventLoggers may name beside IMAGE, separated by commas; * at the end of one stands"
                        + " for any rest");

        private final String defaultValue;
        private final String description;

        Variable(String defaultValue, String description) {
            this.defaultValue = defaultValue;
            this.description = description;
        }

        @Override
        public String defaultValue() {
            return defaultValue;
        }

        @Override
        public String description() {
            return description;
        }
    }

    /**
     * Reads the configuration.
     *
     * @throws IllegalArgumentException if a value is wrong; the message is one line that names the variable
     */
    public static OperatorSettings of(Map<String, String> environment) {
        var values = new Environment(environment);
        return new OperatorSettings(
                InstallationSettings.of(values),
                values.read(Variable.RESYNC_INTERVAL, OperatorSettings::interval),
                values.flag(Variable.LEADER_ELECTION),
                new StatusWrites.Limits(
                        values.read(Variable.STATUS_INTERVAL, Durations::parse),
                        values.number(Variable.STATUS_SHARE, 0, 100) / 100.0,
                        values.number(Variable.STATUS_WRITES_PER_MINUTE, 0, MOST_WRITES)),
                values.read(
                        Variable.METRICS_INTERVAL,
                        text -> text.isEmpty() ? Optional.empty() : Optional.of(interval(text))),
                values.number(Variable.METRICS_MAX_SERIES, 0, MOST_SERIES),
                values.read(Variable.IMAGE, OperatorSettings::image),
                values.read(Variable.IMAGE_PULL_POLICY, OperatorSettings::pullPolicy),
                values.read(Variable.IMAGE_PULL_SECRETS, Environment::list),
                values.flag(Variable.EVENT_LOGGER_ENABLED),
                values.read(Variable.EVENT_LOGGER_ALLOWED_IMAGES, OperatorSettings::images));
    }

    private static Duration interval(String text) {
        Duration interval = Durations.parse(text);
        if (interval.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("'" + text + "' is shorter than 1s");
        }
        return interval;
    }

    private static Optional<ImagePullPolicy> pullPolicy(String text) {
        Optional<ImagePullPolicy> policy = Stream.of(ImagePullPolicy.values())
                .filter(each -> each.wireName().equals(text))
                .findFirst();
        if (policy.isEmpty() && !text.isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' is none of "
                    + Stream.of(ImagePullPolicy.values())
                            .map(ImagePullPolicy::wireName)
                            .collect(Collectors.joining(", ")));
        }
        return policy;
    }

    private static Optional<String> image(String text) {
        if (text.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no container image; expected such as registry.example/jetwright:1.0");
        }
        return Optional.of(text).filter(image -> !image.isEmpty());
    }

    private static List<String> images(String text) {
        List<String> images = Environment.list(text);
        images.forEach(image -> {
            if (!image.matches("[^\\s*]+[*]?|[*]")) {
                throw new IllegalArgumentException(
                        "'" + image + "' is no container image; expected such as registry.example/app:1.0 or"
                                + " registry.example/team/*");
            }
        });
        return images;
    }
}
