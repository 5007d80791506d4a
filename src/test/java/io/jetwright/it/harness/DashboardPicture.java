package io.jetwright.it.harness;

import com.fasterxml.jackson.databind.JsonNode;
import io.jetwright.docs.Dashboard;
import io.jetwright.docs.Dashboard.Panel;
import io.jetwright.docs.Dashboard.Target;
import io.jetwright.it.harness.Prometheus.Sample;
import io.jetwright.it.harness.PrometheusQueries.Point;
import io.jetwright.it.harness.PrometheusQueries.Series;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;

/**
 * A sketch of a dashboard, as SVG: its panels where it places them, with what a Prometheus answers to its queries. It is no Grafana,
 * and knows only what the chart's dashboards use.
 */
public final class DashboardPicture {
    private static final int COLUMN = 60;
    private static final int ROW = 34;
    private static final int WIDTH = 24 * COLUMN;
    private static final double LETTER = 6.1;

    /** On a line; more would not be seen. */
    private static final int POINTS = 120;

    private static final List<String> COLOURS = List.of(
            "#3274d9", "#e0752d", "#37872d", "#a352cc", "#c4162a", "#1a9fad", "#b8860b", "#705da0", "#584477",
            "#e05f9c");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    private final Dashboard dashboard;
    private final Prometheus prometheus;
    private final Map<String, String> variables;
    private final Instant start;
    private final Instant end;
    private final UnaryOperator<String> names;
    private final StringBuilder svg = new StringBuilder();

    /**
     * Nothing is asked yet.
     *
     * @param variables the values of the dashboard's variables
     * @param span how far back it shows
     * @param names what labels are to be called in it
     */
    public DashboardPicture(
            Dashboard dashboard,
            Prometheus prometheus,
            Map<String, String> variables,
            Instant end,
            Duration span,
            UnaryOperator<String> names) {
        this.dashboard = dashboard;
        this.prometheus = prometheus;
        this.variables = variables;
        this.end = end;
        this.names = names;
        start = end.minus(span);
    }

    /** The whole file. */
    public String draw() throws Exception {
        int height = 0;
        for (JsonNode panel : dashboard.nodes("/panels")) {
            JsonNode at = panel.path("gridPos");
            int x = at.path("x").asInt() * COLUMN;
            int y = (at.path("y").asInt() + 1) * ROW;
            int w = at.path("w").asInt() * COLUMN;
            int h = at.path("h").asInt() * ROW;
            height = Math.max(height, y + h);
            svg.append("<g transform=\"translate(%d,%d)\">\n".formatted(x, y));
            if (panel.path("type").asText().equals("row")) {
                text(8, 23, "start", 15, "#444", panel.path("title").asText());
            } else {
                draw(new Panel(panel), w - 8, h - 8);
            }
            svg.append("</g>\n");
        }
        String body = svg.toString();
        svg.setLength(0);
        text(8, 24, "start", 18, "#222", dashboard.title());
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif">
                <rect width="100%%" height="100%%" fill="#f4f5f5"/>
                %s%s</svg>
                """.formatted(WIDTH, height, svg, body);
    }

    private void draw(Panel panel, int w, int h) throws Exception {
        svg.append("<rect width=\"%d\" height=\"%d\" x=\"4\" fill=\"#fff\" stroke=\"#ddd\"/>\n".formatted(w, h));
        text(12, 18, "start", 12, "#333", cut(panel.title(), w - 20));
        switch (panel.type()) {
            case "stat" -> stat(panel, w, h);
            case "bargauge" -> bars(panel, w);
            case "table" -> table(panel, w, h);
            default -> lines(panel, w, h);
        }
    }

    private String asked(Target target) {
        return Dashboard.filled(target.expression(), variables);
    }

    private void stat(Panel panel, int w, int h) throws Exception {
        List<Sample> samples = prometheus.query(asked(panel.targets().get(0)));
        JsonNode defaults = panel.json().at("/fieldConfig/defaults");
        String shown = defaults.path("noValue").asText("No data");
        String colour = "#777";
        if (!samples.isEmpty()) {
            double value = samples.get(0).value();
            JsonNode mapped = defaults.at("/mappings/0/options/" + (int) value + "/text");
            shown = mapped.isMissingNode() ? number(value, panel.unit()) : mapped.asText();
            for (JsonNode step : defaults.at("/thresholds/steps")) {
                if (step.path("value").isNull() || value >= step.path("value").asDouble()) {
                    colour = step.path("color").asText();
                }
            }
        }
        text(
                w / 2 + 4,
                h / 2 + 22,
                "middle",
                shown.length() > 9 ? 20 : 30,
                colour.equals("text") ? "#333" : colour,
                shown);
    }

    private void bars(Panel panel, int w) throws Exception {
        List<Sample> samples = prometheus.query(asked(panel.targets().get(0)));
        double most = samples.stream().mapToDouble(Sample::value).max().orElse(1);
        int y = 34;
        for (Sample sample : samples) {
            text(12, y + 12, "start", 11, "#333", legend(panel.targets().get(0), sample.labels()));
            svg.append("<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"14\" fill=\"%s\"/>\n"
                    .formatted(190, y, sample.value() / most * (w - 230), COLOURS.get(0)));
            text(w - 6, y + 12, "end", 11, "#333", number(sample.value(), panel.unit()));
            y += 24;
        }
    }

    private void table(Panel panel, int w, int h) throws Exception {
        Map<Map<String, String>, Map<String, String>> rows = new LinkedHashMap<>();
        for (Target target : panel.targets()) {
            String column = panel.targets().size() == 1
                    ? "Value"
                    : "Value #" + target.json().path("refId").asText();
            for (Sample sample : prometheus.query(asked(target))) {
                rows.computeIfAbsent(sample.labels(), labels -> new LinkedHashMap<>(labels))
                        .put(column, number(sample.value(), panel.unit()));
            }
        }
        JsonNode transformations = panel.json().path("transformations");
        JsonNode options = transformations.get(transformations.size() - 1).path("options");
        List<String> columns = panel.columns();
        int x = 12;
        for (String column : columns) {
            text(
                    x,
                    42,
                    "start",
                    11,
                    "#1f62c0",
                    options.path("renameByName").path(column).asText(column));
            int y = 62;
            for (Map<String, String> row : rows.values()) {
                if (y < h) {
                    text(
                            x,
                            y,
                            "start",
                            11,
                            "#333",
                            cut(names.apply(row.getOrDefault(column, "")), w / columns.size() - 6));
                }
                y += 20;
            }
            x += w / columns.size();
        }
    }

    private record Line(String legend, Series series) {}

    private void lines(Panel panel, int w, int h) throws Exception {
        double seconds = Duration.between(start, end).toSeconds();
        List<Line> lines = new ArrayList<>();
        for (Target target : panel.targets()) {
            for (Series series : new PrometheusQueries(prometheus)
                    .range(asked(target), start, end, Math.max(1, (long) seconds / POINTS))) {
                lines.add(new Line(legend(target, series.labels()), series));
            }
        }
        if (lines.isEmpty()) {
            text(w / 2, h / 2, "middle", 14, "#777", "No data");
            return;
        }
        int legendRows = Math.min(3, legend(lines, w, h));
        int top = 30;
        int bottom = h - 24 - legendRows * 16;
        double most = values(lines).max().orElse(0);
        double least = Math.min(0, values(lines).min().orElse(0));
        double step = step((most - least) / 3, panel.unit().equals("bytes"));
        double low = Math.floor(least / step) * step;
        double high = Math.max(low + step, Math.ceil(most / step) * step);
        for (double tick = low; tick <= high + step / 2; tick += step) {
            double y = bottom - (tick - low) / (high - low) * (bottom - top);
            svg.append("<path d=\"M64 %.1fH%d\" stroke=\"#e6e6e6\"/>\n".formatted(y, w - 6));
            text(60, (int) y + 4, "end", 10, "#666", number(tick, panel.unit()));
        }
        for (int i = 0; i <= 4; i++) {
            int x = 64 + i * (w - 90) / 4;
            text(x, bottom + 14, "middle", 10, "#666", TIME.format(start.plusSeconds((long) (seconds * i / 4))));
        }
        for (int i = 0; i < lines.size(); i++) {
            var path = new StringBuilder();
            double before = Double.NEGATIVE_INFINITY;
            for (Point point : lines.get(i).series().points()) {
                double x = 64 + (point.time() - start.getEpochSecond()) / seconds * (w - 90);
                double y = bottom - (point.value() - low) / (high - low) * (bottom - top);
                // a gap of several steps is a gap
                path.append("%s%.0f %.0f".formatted(x - before > 24 ? "M" : "L", x, y));
                before = x;
            }
            svg.append("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.3\"/>\n"
                    .formatted(path, COLOURS.get(i % COLOURS.size())));
        }
    }

    /** Writes as much of it as there is place for, and returns in how many rows. */
    private int legend(List<Line> lines, int w, int h) {
        List<List<Integer>> rows = new ArrayList<>(List.of(new ArrayList<>()));
        double x = 14;
        for (int i = 0; i < lines.size(); i++) {
            double wide = lines.get(i).legend().length() * LETTER + 30;
            if (x + wide > w && x > 14) {
                rows.add(new ArrayList<>());
                x = 14;
            }
            rows.get(rows.size() - 1).add(i);
            x += wide;
        }
        int shown = Math.min(3, rows.size());
        for (int row = 0; row < shown; row++) {
            x = 14;
            int y = h - 8 - (shown - 1 - row) * 16;
            for (int i : rows.get(row)) {
                svg.append("<rect x=\"%.0f\" y=\"%d\" width=\"10\" height=\"3\" fill=\"%s\"/>\n"
                        .formatted(x, y - 5, COLOURS.get(i % COLOURS.size())));
                text((int) x + 14, y, "start", 11, "#333", lines.get(i).legend());
                x += lines.get(i).legend().length() * LETTER + 30;
            }
        }
        return shown;
    }

    private static DoubleStream values(List<Line> lines) {
        return lines.stream()
                .flatMap(line -> line.series().points().stream())
                .mapToDouble(Point::value)
                .filter(Double::isFinite);
    }

    /** A round number, no less than asked for: a power of two, or 1, 2 or 5 times one of ten. */
    private static double step(double atLeast, boolean binary) {
        if (atLeast <= 0) {
            return 1;
        }
        double base = binary ? 2 : 10;
        double power = Math.pow(base, Math.floor(Math.log(atLeast) / Math.log(base)));
        for (int factor : binary ? new int[] {1} : new int[] {1, 2, 5}) {
            if (factor * power >= atLeast) {
                return factor * power;
            }
        }
        return base * power;
    }

    private String legend(Target target, Map<String, String> labels) {
        return names.apply(target.legend(labels));
    }

    private static String number(double value, String unit) {
        return switch (unit) {
            case "bytes" -> scaled(value, 1024, List.of(" B", " KiB", " MiB", " GiB"));
            case "s" -> Math.abs(value) < 1 && value != 0 ? plain(value * 1000) + " ms" : plain(value) + " s";
            case "percentunit" -> plain(value * 100) + " %";
            case "mps", "reqps", "ops" -> scaled(value, 1000, List.of("", " K", " M", " G")) + "/s";
            default -> scaled(value, 1000, List.of("", " K", " M", " G"));
        };
    }

    private static String scaled(double value, int base, List<String> units) {
        int unit = 0;
        double rest = value;
        while (Math.abs(rest) >= base && unit < units.size() - 1) {
            rest /= base;
            unit++;
        }
        return plain(rest) + units.get(unit);
    }

    private static String plain(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.2f" : "%.1f", value)
                .replaceFirst("[.]?0+$", "")
                .replaceFirst("^-?$", "0");
    }

    private static String cut(String text, double width) {
        int most = Math.max(1, (int) (width / LETTER));
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }

    private void text(int x, int y, String anchor, int size, String colour, String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
        svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" font-size=\"%d\" fill=\"%s\">%s</text>\n"
                .formatted(x, y, anchor, size, colour, escaped));
    }
}
