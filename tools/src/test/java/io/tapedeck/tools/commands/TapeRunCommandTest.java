package io.tapedeck.tools.commands;

import static io.tapedeck.tools.cli.CommandRunner.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapedeck.journal.manifest.DataSet;
import io.tapedeck.tools.Tapedeck;
import io.tapedeck.tools.cli.CommandRunner;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Native runs as a person starts them. */
@Timeout(180)
class TapeRunCommandTest {
    @TempDir
    private Path folder;

    @Test
    void shouldWriteADataSetOfSeveralUnits() throws IOException {
        final Path run = folder.resolve("run");

        final JsonNode summary = json(
                "run",
                "--quiet",
                "--seconds",
                "30",
                "--days",
                "2",
                "--units",
                "2",
                "--sync",
                "interval:10",
                "--securities",
                "AAPL:10000,MSFT:15000,GOOG:20000",
                "--output",
                run.toString(),
                "--perf-doc",
                path("perf.md"));
        assertThat(Files.readAllLines(folder.resolve("perf.md")))
                .anyMatch(row -> row.startsWith("| 2026-01-05 | 1 | "));

        assertThat(summary.get("clean").asBoolean()).isTrue();
        assertThat(summary.get("days")).hasSize(4);
        assertThat(DataSet.open(run).tapes()).hasSize(4).allMatch(DataSet.Tape::isDone);
        assertThat(run.resolve("u01/2026-01-05.qrsdp")).exists();
    }

    @Test
    void shouldWriteTheSameContentPacedOrNot() throws IOException {
        final JsonNode fast = json("run", "--quiet", "--seconds", "20", "--days", "1", "--output", path("fast"));
        final JsonNode paced =
                json("run", "--quiet", "--seconds", "20", "--days", "1", "--speed", "40x", "--output", path("paced"));

        assertThat(paced.get("days").get(0).get("contentHash"))
                .isEqualTo(fast.get("days").get(0).get("contentHash"));
        assertThat(paced.get("seconds").asDouble()).isGreaterThanOrEqualTo(0.5);
    }

    @Test
    void shouldPublishWhatAListenerInAnotherJvmTurnsIntoTheSameNumberOfMessages() throws Exception {
        final int port;
        try (DatagramSocket socket = new DatagramSocket(0)) {
            port = socket.getLocalPort();
        }
        try (ListenerProcess listener =
                ListenerProcess.start(Tapedeck.class.getName(), "239.1.1.1", port, "--timeout", "120")) {
            final JsonNode run = json(
                    "run",
                    "--quiet",
                    "--seconds",
                    "60",
                    "--days",
                    "1",
                    "--itch",
                    "239.1.1.1:" + port,
                    "--itch-rate",
                    "50000",
                    // Full packets, so few that any receive buffer takes them all, however late the listener runs.
                    "--flush-us",
                    "1000000",
                    "--output",
                    path("run"));
            final JsonNode heard = listener.await();

            assertThat(heard.get("missing").asLong()).isZero();
            assertThat(heard.get("messages").asLong())
                    .isEqualTo(run.get("records").asLong())
                    .isEqualTo(run.get("messages").asLong());
            assertThat(heard.get("ended").asBoolean()).isTrue();
            assertThat(heard.get("unknownReferences").asLong()).isZero();
        }
    }

    @Test
    void shouldFailButKeepTheTapeWhenThePublisherCannotSend() throws IOException {
        final String hash = json("run", "--quiet", "--seconds", "20", "--days", "1", "--output", path("alone"))
                .get("days")
                .get(0)
                .get("contentHash")
                .asText();

        // The system refuses to send to a broadcast address.
        final CommandRunner.Result result = CommandRunner.run(
                "run",
                "--quiet",
                "--seconds",
                "20",
                "--days",
                "1",
                "--itch",
                "127.255.255.255:9",
                "--output",
                path("published"));

        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(1);
        assertThat(result.out()).contains("CONSUMER FAILED", "itch", hash.substring(0, 16));
    }

    @Test
    void shouldPrintTheRecordsOfATapeAsTheirMessages() throws IOException {
        final long records = json("run", "--quiet", "--seconds", "5", "--days", "1", "--output", path("run"))
                .get("records")
                .asLong();

        final CommandRunner.Result result = CommandRunner.run("replay", "--quiet", "--print", path("run"));

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out().lines()).hasSize((int) records);
        assertThat(result.out().lines().limit(5))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("[seq=1] SYSTEM_EVENT code=O"),
                        line -> assertThat(line).startsWith("[seq=2] SYSTEM_EVENT code=S"),
                        line -> assertThat(line).startsWith("[seq=3] STOCK_DIRECTORY stock=TAPE"),
                        line -> assertThat(line).startsWith("[seq=4] "),
                        line -> assertThat(line)
                                .startsWith("[seq=5] ADD_ORDER ref=1 side=B shares=1 stock=TAPE     price=99.9900"));
    }

    @Test
    void shouldRefuseWhatDoesNotGoTogether() {
        assertThat(CommandRunner.run("run", "--output", path("x.qrsdp")).exitCode())
                .isEqualTo(2);
        assertThat(CommandRunner.run("run", "--flags-csv", path("x.csv")).exitCode())
                .isEqualTo(2);
        assertThat(CommandRunner.run("run", "--reference", "--itch", "239.1.1.1:5001")
                        .exitCode())
                .isEqualTo(2);
        assertThat(CommandRunner.run("run", "--units", "2").exitCode()).isEqualTo(2);
        assertThat(CommandRunner.run("run", "--speed", "fast").err()).contains("max, 1x");
        assertThat(CommandRunner.run("run", "--sync", "often").err()).contains("interval:MS");
        assertThat(CommandRunner.run("run", "--wait", "never").exitCode()).isEqualTo(2);
    }

    private String path(final String name) {
        return folder.resolve(name).toString();
    }
}
