package io.tapedeck.tools.commands;

import static io.tapedeck.tools.cli.CommandRunner.json;
import static io.tapedeck.tools.cli.CommandRunner.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapedeck.engine.importer.ItchFileReader;
import io.tapedeck.testing.TestData;
import io.tapedeck.tools.cli.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Captures that an exchange's feed was really seen in. */
class ImportPcapCommandTest {
    private static final String NASDAQ = "000010059B";

    @TempDir
    private Path folder;

    @Test
    void shouldImportAFullPacketAndNameTheGapInFrontOfIt() throws IOException {
        final String output = folder.resolve("data").toString();
        final CommandRunner.Result result =
                CommandRunner.run("import", "pcap", capture("Multiple.Packets"), "-o", output);

        assertThat(result.exitCode())
                .as("the two packets do not follow on each other")
                .isEqualTo(4);
        assertThat(result.out()).contains("14764497-19009116", NASDAQ, "233.54.12.111:26477");
        final JsonNode info = json("info", output);
        assertThat(info.get("records").asLong()).isEqualTo(39);
        final String file = folder.resolve("all.itch50").toString();
        succeed("export", "itch50", output, "-o", file);
        final StringBuilder types = new StringBuilder();
        try (ItchFileReader reader = ItchFileReader.open(Path.of(file))) {
            while (reader.next()) {
                types.append((char) reader.buffer().getByte(reader.messageOffset()));
            }
        }
        assertThat(types.chars().filter(type -> type == 'A')).hasSize(36);
        assertThat(types.chars().filter(type -> type == 'F')).hasSize(2);
        assertThat(types.chars().filter(type -> type == 'D')).hasSize(1);
        assertThat(folder.resolve("data/2023-08-22.qrsdp")).exists();
    }

    @ParameterizedTest
    @CsvSource({
        "AddOrderNoMpidAttributionMessage, 1",
        "MarketParticipantPositionMessage, 1",
        "NetOrderImbalanceIndicatorMessage, 1",
        "OrderDeleteMessage, 1",
        "OrderExecutedMessage, 1",
        "OrderReplaceMessage, 1",
        "StockTradingActionMessage, 1",
        "ise-mold-heartbeat, 0"
    })
    void shouldImportSinglePackets(final String name, final int messages) throws IOException {
        final JsonNode summary = json(
                "import", "pcap", capture(name), "-o", folder.resolve("data").toString());

        assertThat(summary.get("messages").asInt()).isEqualTo(messages);
        assertThat(summary.get("records").asInt()).isEqualTo(messages);
        assertThat(summary.get("heartbeats").asInt()).isEqualTo(1 - messages);
        assertThat(summary.get("missing").asInt()).isZero();
    }

    @Test
    void shouldPutSeveralCapturesTogetherInTheOrderGiven() throws IOException {
        final JsonNode summary = json(
                "import",
                "pcap",
                capture("OrderDeleteMessage"),
                capture("OrderDeleteMessage"),
                "-o",
                folder.resolve("data").toString(),
                "--date",
                "2023-08-23");

        assertThat(summary.get("messages").asInt()).isEqualTo(1);
        assertThat(summary.get("duplicates").asInt()).isEqualTo(1);
        assertThat(folder.resolve("data/2023-08-23.qrsdp")).exists();
    }

    @Test
    void shouldAskWhichSessionWhenThereAreSeveral() throws IOException {
        final String one = capture("OrderDeleteMessage");
        final String other = capture("ise-mold-heartbeat");
        final String output = folder.resolve("data").toString();
        final CommandRunner.Result several = CommandRunner.run("import", "pcap", one, other, "-o", output);
        assertThat(several.exitCode()).isEqualTo(2);
        assertThat(several.err()).contains(NASDAQ, "000008367I", "--session", "233.54.12.158:18024");
        assertThat(Files.exists(Path.of(output))).isFalse();

        assertThat(json("import", "pcap", one, other, "-o", output, "--session", NASDAQ)
                        .get("messages")
                        .asInt())
                .isEqualTo(1);
        assertThat(json("import", "pcap", one, other, "-o", output, "--port", "26477", "--force")
                        .get("messages")
                        .asInt())
                .isEqualTo(1);
        final CommandRunner.Result none =
                CommandRunner.run("import", "pcap", one, "-o", output, "--multicast-group", "239.1.1.1", "--force");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("no MoldUDP64 feed", "233.54.12.111:26477");
    }

    @Test
    void shouldSayHowToConvertWhatItCannotRead() throws IOException {
        final Path file = Files.write(folder.resolve("new.pcapng"), new byte[] {0x0A, 0x0D, 0x0D, 0x0A, 0, 0, 0, 0});
        final CommandRunner.Result result = CommandRunner.run(
                "import", "pcap", file.toString(), "-o", folder.resolve("data").toString());

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.err()).contains("new.pcapng", "editcap -F nsecpcap");
    }

    private static String capture(final String name) {
        return TestData.file("pcap/" + name + ".pcap").toString();
    }
}
