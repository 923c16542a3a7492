package io.tapedeck.tools.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapedeck.tools.cli.CommandRunner;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The main job: engine, listener and replay have the same books. */
@Timeout(180)
class DemoCommandTest {
    @TempDir
    private Path folder;

    @Test
    void shouldGiveEngineListenerAndReplayTheSameBooks() throws IOException {
        final JsonNode demo = CommandRunner.json(
                "demo", "--seconds", "300", "--rate", "50000", "--quiet", "--output", folder.toString());

        assertThat(demo.get("booksEqual").asBoolean()).isTrue();
        assertThat(demo.get("missing").asLong()).isZero();
        assertThat(demo.get("bookHashes")).hasSize(3);
        assertThat(demo.get("bookHashes").get("AAPL").get("listener"))
                .isEqualTo(demo.get("bookHashes").get("AAPL").get("engine"))
                .isNotEqualTo(demo.get("bookHashes").get("MSFT").get("engine"));
    }

    @Test
    void shouldFitOnAScreen() {
        final CommandRunner.Result result = CommandRunner.run(
                "demo", "--seconds", "20", "--rate", "20000", "--quiet", "--output", folder.toString());

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out().replace(folder.toString(), "output/demo").lines())
                .hasSizeLessThan(30)
                .allMatch(line -> line.length() <= 110);
        assertThat(CommandRunner.run("demo", "--seconds", "20", "--quiet", "--output", folder.toString())
                        .exitCode())
                .as("a second run over the first one's files")
                .isEqualTo(2);
    }
}
