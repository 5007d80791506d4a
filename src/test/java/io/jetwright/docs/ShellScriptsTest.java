package io.jetwright.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What shellcheck does not mind in the shell scripts. */
class ShellScriptsTest {
    private static final Pattern FIRST_LINE = Pattern.compile("#!/usr/bin/env bash|# shellcheck shell=bash");

    /** A reader that leaves early kills the writer by SIGPIPE now and then, and {@code pipefail} then fails the pipe. */
    private static final Pattern READER_THAT_LEAVES_EARLY = Pattern.compile(
            "[|]\\s*(head\\b|grep\\s+(-\\S*\\s+)*(-[a-zA-Z]*[qm]|--quiet|--max-count)|sed\\b[^|]*\\d+q\\b)");

    /** Else it has the lowest of its ports' addresses, and when a port comes or goes the others do not find it for a while. */
    private static final Pattern BRIDGE_WITHOUT_ADDRESS = Pattern.compile("ip link add (?!.* address ).*type bridge");

    /** macOS has bash 3.2, which has none of these. */
    private static final Pattern NEWER_THAN_BASH_3_2 =
            Pattern.compile("\\b(mapfile|readarray|wait -n|declare -A|local -[An])\\b|[$][{]\\w+(\\^|,,)|&>>|[|]&");

    /** {@code name=()}, as a word of its own. */
    private static final Pattern EMPTY_ARRAY = Pattern.compile("(?<![\\w.])([a-z_]+)=\\(\\)");

    static List<Path> scripts() throws IOException {
        try (Stream<Path> dev = Files.walk(Path.of("dev"));
                Stream<Path> ci = Files.walk(Path.of(".ci"))) {
            return Stream.concat(dev, ci)
                    .filter(Files::isRegularFile)
                    .filter(file -> firstLine(file).matches(FIRST_LINE.pattern()))
                    .sorted()
                    .toList();
        }
    }

    private static String firstLine(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                    .lines()
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void aScriptRunsOnMacOs(Path script) throws IOException {
        assertThat(Files.readString(script).lines().filter(line -> !line.strip().startsWith("#")))
                .noneMatch(line -> NEWER_THAN_BASH_3_2.matcher(line).find());
    }

    /** For bash before 4.4 an empty array is unset, which {@code set -u} does not allow to expand. */
    @ParameterizedTest
    @MethodSource("scripts")
    void anArrayThatMayBeEmptyIsExpandedOnlyIfItIsSet(Path script) throws IOException {
        String text = Files.readString(script);
        assertThat(EMPTY_ARRAY
                        .matcher(text)
                        .results()
                        .map(array -> array.group(1))
                        .distinct())
                .allSatisfy(name -> assertThat(text).doesNotContainPattern("(?<![+])\"[$][{]" + name + "\\[@]}\""));
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void aPipeIsReadToItsEnd(Path script) throws IOException {
        assertThat(Files.readString(script).replace("|\n", "|").lines())
                .isNotEmpty()
                .noneMatch(line -> READER_THAT_LEAVES_EARLY.matcher(line).find());
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void aBridgeKeepsItsAddress(Path script) throws IOException {
        assertThat(Files.readString(script).lines())
                .noneMatch(line -> BRIDGE_WITHOUT_ADDRESS.matcher(line).find());
    }
}
