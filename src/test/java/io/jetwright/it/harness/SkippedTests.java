package io.jetwright.it.harness;

import java.io.PrintStream;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Tells at the end of a run what was skipped and why; the classes that share a reason share a line. */
public final class SkippedTests implements TestExecutionListener {
    private static final int LONGEST_REASON = 300;

    private final PrintStream output;
    private final ConcurrentLinkedQueue<Skipped> skipped = new ConcurrentLinkedQueue<>();
    private @Nullable TestPlan plan;

    private record Skipped(String reason, String className) {}

    /** For JUnit, which finds this class by its name in META-INF. */
    public SkippedTests() {
        this(System.err);
    }

    SkippedTests(PrintStream output) {
        this.output = output;
    }

    @Override
    public void testPlanExecutionStarted(TestPlan testPlan) {
        plan = testPlan;
        skipped.clear();
    }

    @Override
    public void executionSkipped(TestIdentifier identifier, String reason) {
        record(identifier, reason);
    }

    @Override
    public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
        if (result.getStatus() == Status.ABORTED) {
            record(identifier, result.getThrowable().map(Throwable::getMessage).orElse("no reason given"));
        }
    }

    /** A container stands for all that is in it. */
    private void record(TestIdentifier identifier, String reason) {
        Stream<TestIdentifier> within = plan == null ? Stream.empty() : plan.getDescendants(identifier).stream();
        Stream.concat(Stream.of(identifier), within)
                .filter(TestIdentifier::isTest)
                .map(test -> new Skipped(
                        oneLine(reason),
                        test.getSource().map(SkippedTests::className).orElse(test.getDisplayName())))
                .forEach(skipped::add);
    }

    private static String className(TestSource source) {
        String name =
                switch (source) {
                    case MethodSource method -> method.getClassName();
                    case ClassSource type -> type.getClassName();
                    default -> source.toString();
                };
        return name.substring(name.lastIndexOf('.') + 1);
    }

    @Override
    public void testPlanExecutionFinished(TestPlan testPlan) {
        output.print(summary());
        output.flush();
    }

    private String summary() {
        if (skipped.isEmpty()) {
            return "Skipped tests: nothing was skipped\n";
        }
        Map<String, Map<String, Long>> counts = skipped.stream()
                .collect(Collectors.groupingBy(
                        Skipped::reason,
                        TreeMap::new,
                        Collectors.groupingBy(Skipped::className, TreeMap::new, Collectors.counting())));
        return "Skipped tests: %d\n".formatted(skipped.size())
                + counts.entrySet().stream()
                        .sorted(Comparator.comparing(entry -> -sum(entry.getValue())))
                        .map(entry -> "%5d  %s: %s\n"
                                .formatted(
                                        sum(entry.getValue()),
                                        String.join(", ", entry.getValue().keySet()),
                                        entry.getKey()))
                        .collect(Collectors.joining());
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String oneLine(String reason) {
        String line = reason.replaceFirst("^Assumption failed: ", "")
                .replaceAll("\\s+", " ")
                .strip();
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "...";
    }
}
