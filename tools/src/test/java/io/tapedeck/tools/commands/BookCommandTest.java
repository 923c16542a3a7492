package io.tapedeck.tools.commands;

import static io.tapedeck.tools.cli.CommandRunner.json;
import static io.tapedeck.tools.cli.CommandRunner.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapedeck.testing.TestData;
import io.tapedeck.tools.cli.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Books of real and simulated tapes, through the command line. */
class BookCommandTest {
    /** The last message up to which the published level-1 book covers the re-encoded messages. */
    private static final long GOLDEN_MESSAGES = 54_669;

    @TempDir
    private Path folder;

    @Test
    void shouldRebuildThePublishedBookOfAnHourOfRealOrderFlow() throws IOException {
        final Path file = TestData.file("itch/aapl-20120621-0930-1030.itch50");
        final Path bbo = folder.resolve("bbo.csv");
        final Path depth = folder.resolve("depth.csv");

        succeed("book", file.toString(), "--bbo", bbo.toString(), "--depth", depth.toString());

        final List<String> rows = Files.readAllLines(bbo);
        assertThat(rows.get(0))
                .isEqualTo("after_event,timestamp_ns,symbol,best_ask,ask_quantity,best_bid,bid_quantity");
        assertThat(withoutSymbol(rows)).isEqualTo(golden());
        assertThat(depth).hasSameBinaryContentAs(TestData.file("itch/aapl-20120621-final-depth.csv"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "aapl-20120621-0930-1030, A44336 D41004 E4067 H1 P2201 R1 S6 X469, 0",
        "nasdaq-20191230-open, A367 C1 D167 E28 F193 I4 P4 Q4 S1 U225 X6, 399",
        "nasdaq-start-of-day, H3 R993 S1 Y3, 0",
        "all-23-types, A2 B1 C1 D1 E1 F1 H1 I1 J1 K1 L1 N1 O1 P1 Q1 R1 S3 U1 V1 W1 X1 Y1 h1, 0",
    })
    void shouldCountTheMessagesOfEachType(final String name, final String types, final int unknownReferences)
            throws IOException {
        final JsonNode summary =
                json("book", TestData.file("itch/" + name + ".itch50").toString());

        final StringBuilder counted = new StringBuilder();
        summary.get("types")
                .properties()
                .forEach(entry ->
                        counted.append(entry.getKey()).append(entry.getValue()).append(' '));
        assertThat(counted.toString().trim()).isEqualTo(types);
        assertThat(summary.get("unknownReferences").asInt()).isEqualTo(unknownReferences);
        assertThat(summary.get("malformed").asInt()).isZero();
        assertThat(summary.get("unknownTypes").asInt()).isZero();
    }

    @Test
    void shouldStopBeforeALaterEventAndTakeSnapshots() throws IOException {
        final Path run = simulate("--seconds", "60");
        final Path depth = folder.resolve("depth.csv");

        succeed("book", run.toString(), "--depth", depth.toString(), "--at", "09:30:30", "--snapshots", "10");

        assertThat(folder.resolve("depth-093010.csv")).exists();
        assertThat(folder.resolve("depth-093020.csv")).exists();
        assertThat(folder.resolve("depth-093030.csv")).doesNotExist();
        assertThat(Files.readAllLines(depth)).hasSize(10).allMatch(row -> row.matches("-,[BS],\\d+,\\d+,\\d+"));
        final Path snapshot = folder.resolve("again.csv");
        succeed("book", run.toString(), "--depth", snapshot.toString(), "--at", "09:30:20");
        assertThat(folder.resolve("depth-093020.csv")).hasSameTextualContentAs(snapshot);
    }

    @Test
    void shouldWriteOneRowForEachChangeOfTheTouchOfASimulatedSession() throws IOException {
        final Path run = simulate("--seconds", "30");
        final Path bbo = folder.resolve("bbo.csv");

        succeed("book", run.toString(), "--bbo", bbo.toString());

        final List<String> touches = Files.readAllLines(bbo).stream()
                .map(row -> row.substring(row.indexOf(",-,") + 3))
                .collect(Collectors.toList());
        assertThat(touches).hasSizeGreaterThan(100);
        for (int i = 1; i < touches.size(); i++) {
            assertThat(touches.get(i)).isNotEqualTo(touches.get(i - 1));
        }
    }

    @Test
    void shouldShowWhatCameBeforeACutAndThenFail() throws IOException {
        final Path file = folder.resolve("cut.itch50");
        final byte[] whole = TestData.bytes("itch/all-23-types.itch50");
        Files.write(file, Arrays.copyOf(whole, whole.length - 7));
        final Path depth = folder.resolve("depth.csv");

        final CommandRunner.Result result = CommandRunner.run("book", file.toString(), "--depth", depth.toString());

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.err()).contains("cut.itch50", "at offset", "message 26");
        assertThat(result.out()).contains("messages of ITCH 5.0", "25");
        assertThat(depth).exists();
    }

    @Test
    void shouldRefuseToOverwriteUnlessForced() throws IOException {
        final Path run = simulate("--seconds", "5");
        final Path depth = Files.writeString(folder.resolve("depth.csv"), "precious");

        final CommandRunner.Result refused = CommandRunner.run("book", run.toString(), "--depth", depth.toString());

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains(depth.toString(), "--force");
        assertThat(depth).hasContent("precious");
        succeed("book", run.toString(), "--depth", depth.toString(), "--force");
        assertThat(Files.readAllLines(depth)).hasSize(10);
    }

    private Path simulate(final String... options) {
        final Path output = folder.resolve("session.qrsdp");
        final String[] args = Arrays.copyOf(options, options.length + 4);
        System.arraycopy(
                new String[] {"--reference", "--quiet", "--output", output.toString()}, 0, args, options.length, 4);
        final String[] command = new String[args.length + 1];
        command[0] = "run";
        System.arraycopy(args, 0, command, 1, args.length);
        succeed(command);
        return output;
    }

    private static List<String> withoutSymbol(final List<String> rows) {
        return rows.stream()
                .skip(1)
                .filter(row -> messageNumber(row) <= GOLDEN_MESSAGES)
                .map(row -> row.replace(",AAPL,", ","))
                .collect(Collectors.toList());
    }

    private static List<String> golden() throws IOException {
        return Files.readAllLines(TestData.file("itch/aapl-20120621-golden-bbo.csv")).stream()
                .skip(1)
                .filter(row -> messageNumber(row) <= GOLDEN_MESSAGES)
                .collect(Collectors.toList());
    }

    private static long messageNumber(final String row) {
        return Long.parseLong(row.substring(0, row.indexOf(',')));
    }
}
