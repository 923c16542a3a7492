package io.tapedeck.tools.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapedeck.tools.cli.CommandRunner;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job. */
class DemoCommandTest {
    @TempDir
    private Path folder;

    @Test
    void shouldRebuildTheEnginesBooksFromItsTapes() throws IOException {
        final CommandRunner.Result result =
                CommandRunner.run("demo", "--seconds", "300", "--output", folder.toString(), "--json");

        final JsonNode demo = new ObjectMapper().readTree(result.out());
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(demo.get("booksEqual").asBoolean()).isTrue();
        assertThat(demo.get("sessions")).hasSize(3);
        for (final JsonNode session : demo.get("sessions")) {
            assertThat(session.get("rebuiltHash")).isEqualTo(session.get("engineHash"));
        }
        assertThat(demo.get("sessions").get(0).get("engineHash"))
                .isNotEqualTo(demo.get("sessions").get(1).get("engineHash"));
    }

    @Test
    void shouldFitOnAScreen() {
        final CommandRunner.Result result = CommandRunner.run("demo", "--seconds", "20", "--output", folder.toString());

        assertThat(result.out().replace(folder.toString(), "output/demo").lines())
                .hasSizeLessThan(25)
                .allMatch(line -> line.length() <= 110);
        assertThat(CommandRunner.run("demo", "--seconds", "20", "--output", folder.toString())
                        .exitCode())
                .as("a second run over the first one's files")
                .isEqualTo(2);
    }
}
