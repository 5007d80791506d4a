package io.jetwright.it.harness;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** This build, run as its image runs it. */
final class Jetwright {
    private static final String CLASS_PATH = System.getProperty("java.class.path");
    private static final Optional<String> JAR = Stream.of(CLASS_PATH.split(File.pathSeparator))
            .filter(entry -> entry.endsWith("jetwright.jar"))
            .findFirst();

    private Jetwright() {}

    /** Starts it with these arguments, this environment and little else. */
    static ChildProcess start(List<String> arguments, Map<String, String> environment) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@dev/lib/operator.jvm");
        command.addAll(main());
        command.addAll(arguments);
        return ChildProcess.start(command, environment);
    }

    /** From the jar when this build has packaged it, with the ahead-of-time cache that the image has; else from the classes. */
    private static List<String> main() {
        return JAR.map(jar -> Stream.concat(AheadOfTimeCache.FLAGS.stream(), Stream.of("-jar", jar))
                        .toList())
                .orElseGet(() -> List.of("-cp", CLASS_PATH, "io.jetwright.Main"));
    }

    /** Made when the first process starts. */
    private static final class AheadOfTimeCache {
        private static final List<String> FLAGS = Programs.aheadOfTimeCache().stream()
                .map(file -> "-XX:AOTCache=" + file)
                .toList();
    }
}
