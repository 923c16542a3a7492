package io.tapedeck.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The product's bytecode on the newest long-term-support JDK of the machine, in a process of its own. */
@Timeout(600)
class NewestJdkSmokeTest {
    @TempDir
    private Path folder;

    @Test
    void shouldWriteTheSameBytesOnTheNewestLtsJdk() throws Exception {
        final Path jdk = newestLts();
        final String[] run = {
            "run",
            "--reference",
            "--days",
            "2",
            "--seconds",
            "120",
            "--securities",
            "AAPL:10000,MSFT:15000",
            "--model",
            "hlr",
            "--output"
        };
        final Path here = folder.resolve("here");
        final Path there = folder.resolve("there");

        assertThat(CommandRunner.run(append(run, here.toString())).exitCode()).isZero();
        final ChildJvm.Result result = child(jdk, append(run, there.toString()));

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err()).doesNotContain("WARNING");
        assertThat(files(there)).isEqualTo(files(here)).hasSize(5);
        for (final String file : files(here)) {
            assertThat(there.resolve(file)).hasSameBinaryContentAs(here.resolve(file));
        }
        assertThat(child(jdk, "verify", there.toString()).exitCode()).isZero();
    }

    @Test
    void shouldRunTheDemoOnTheNewestLtsJdk() throws Exception {
        final ChildJvm.Result result = child(
                newestLts(),
                "demo",
                "--seconds",
                "120",
                "--quiet",
                "--output",
                folder.resolve("demo").toString());

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err()).isEmpty();
    }

    private ChildJvm.Result child(final Path jdk, final String... args) throws IOException, InterruptedException {
        return ChildJvm.await(ChildJvm.start(jdk, ChildJvm.featureVersion(jdk), folder, args), folder);
    }

    private static Path newestLts() throws IOException {
        final Path here = Path.of(System.getProperty("java.home")).toRealPath();
        try (Stream<Path> siblings = Files.list(here.getParent())) {
            final Optional<Path> newest = siblings.filter(jdk -> Files.isExecutable(jdk.resolve("bin/java")))
                    .filter(jdk -> isLts(ChildJvm.featureVersion(jdk)))
                    .max(Comparator.comparingInt(ChildJvm::featureVersion));
            assumeTrue(
                    newest.isPresent()
                            && ChildJvm.featureVersion(newest.get())
                                    > Runtime.version().feature(),
                    () -> "skipped: no long-term-support JDK newer than "
                            + Runtime.version().feature() + " beside " + here);
            return newest.orElseThrow();
        }
    }

    /** Long-term support comes every fourth version since 17. */
    private static boolean isLts(final int featureVersion) {
        return featureVersion >= 17 && (featureVersion - 17) % 4 == 0;
    }

    private static String[] append(final String[] args, final String last) {
        return Stream.concat(Stream.of(args), Stream.of(last)).toArray(String[]::new);
    }

    private static List<String> files(final Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString())
                    .sorted()
                    .collect(Collectors.toList());
        }
    }
}
