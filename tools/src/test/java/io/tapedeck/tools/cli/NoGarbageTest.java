package io.tapedeck.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole trading day in a JVM that never collects: what is allocated stays, and there is not much of it. */
@Timeout(300)
class NoGarbageTest {
    private static final List<String> NO_COLLECTOR =
            List.of("-XX:+UnlockExperimentalVMOptions", "-XX:+UseEpsilonGC", "-Xmx256m");

    @TempDir
    private Path folder;

    @Test
    void shouldRunAWholeDayWithoutACollector() throws Exception {
        final ChildJvm.Result result = run("run", "--quiet", "--days", "1", "--output", "run");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("every consumer got everything  true");
    }

    /** The control: a line of text for each of some million events does not fit. */
    @Test
    void shouldFailWhereEveryEventIsAnObject() throws Exception {
        final ChildJvm.Result result = run(
                "run",
                "--reference",
                "--quiet",
                "--seconds",
                "1000000",
                "--flags-csv",
                "flags.csv",
                "--output",
                "x.qrsdp");

        assertThat(result.exitCode()).isNotZero();
        assertThat(result.out() + result.err()).contains("OutOfMemoryError");
    }

    private ChildJvm.Result run(final String... args) throws Exception {
        final ChildJvm.Result result = ChildJvm.await(
                ChildJvm.start(
                        Path.of(System.getProperty("java.home")),
                        Runtime.version().feature(),
                        folder,
                        NO_COLLECTOR,
                        args),
                folder);
        assumeFalse(
                result.err().contains("UseEpsilonGC") || result.err().contains("Unrecognized VM option"),
                "skipped: this JVM has no Epsilon collector");
        return result;
    }
}
