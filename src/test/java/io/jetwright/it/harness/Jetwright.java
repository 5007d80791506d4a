package io.jetwright.it.harness;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** This build, run as its image runs it. */
final class Jetwright {
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

    /** From the jar when this build has packaged it, else from the classes. */
    private static List<String> main() {
        String classPath = System.getProperty("java.class.path");
        return Stream.of(classPath.split(File.pathSeparator))
                .filter(entry -> entry.endsWith("jetwright.jar"))
                .findFirst()
                .map(jar -> List.of("-jar", jar))
                .orElseGet(() -> List.of("-cp", classPath, "io.jetwright.Main"));
    }
}
