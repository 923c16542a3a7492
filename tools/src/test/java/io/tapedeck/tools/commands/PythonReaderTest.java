package io.tapedeck.tools.commands;

import static io.tapedeck.tools.cli.CommandRunner.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tapedeck.codecs.qrsdp1.Qrsdp1RecordDescriptor;
import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.journal.format1.Format1Reader;
import io.tapedeck.journal.format2.Format2Reader;
import io.tapedeck.journal.manifest.DataSet;
import io.tapedeck.testing.TestData;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The reader of {@code tools/python}, which was written from the documentation and not from our code, has the same records as
 * ours to the bit.
 */
@Timeout(300)
class PythonReaderTest {
    private static final Path PACKAGE = Path.of(System.getProperty("tapedeck.projectRoot", ".."), "tools", "python");

    @TempDir
    private Path folder;

    /** What a process printed, and how it ended. */
    private record Result(int exitCode, String text) {}

    @BeforeAll
    static void requirePython() throws Exception {
        boolean isThere;
        try {
            isThere = python(List.of("-c", "import numpy, lz4.block")).exitCode() == 0;
        } catch (final IOException ex) {
            isThere = false;
        }
        assumeTrue(isThere, "there is no python3 with numpy and lz4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--seconds 300 --model queue-reactive --order-size lognormal:500,0.9",
                "--seconds 120 --compression none --chunk-size 100",
                "--seconds 60 --compression lz4hc --chunk-size 65536 --model hawkes --factor-loading 0.3",
                "--seconds 30 --securities FIFTY",
            })
    void shouldAgreeOnASimulatedDay(final String options) throws Exception {
        final String fifty = IntStream.range(0, 50)
                .mapToObj(i -> "SYM" + i + ":" + (5_000 + 100 * i))
                .collect(Collectors.joining(","));
        final List<String> command = new ArrayList<>(List.of("run", "--quiet", "--days", "1", "--output", path("run")));
        command.addAll(List.of(options.replace("FIFTY", fifty).split(" ")));
        json(command.toArray(new String[0]));

        assertAgreesOnTapes("run");
    }

    @ParameterizedTest
    @ValueSource(strings = {"aapl-20120621-0930-1030", "nasdaq-20191230-open", "nasdaq-start-of-day", "all-23-types"})
    void shouldAgreeOnRealData(final String name) throws Exception {
        final String file = TestData.file("itch/" + name + ".itch50").toString();
        json("import", "itch50", file, "--date", "2019-12-30", "--output", path("set"));

        assertAgreesOnTapes("set");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cli-simple-s42-60s.qrsdp",
                "var-simple-short-s42.qrsdp",
                "var-simple-onelevel-s6.qrsdp",
                "run-hlr-s42/2026-01-02.qrsdp",
                "run-multiday-s42/2026-01-05.qrsdp",
            })
    void shouldAgreeOnFormat1(final String name) throws Exception {
        final Path tape = TestData.reference(name);
        final Path ours = folder.resolve("ours");
        try (Format1Reader reader = Format1Reader.open(tape);
                OutputStream out = Files.newOutputStream(ours)) {
            final byte[] bytes = new byte[Qrsdp1RecordDescriptor.LENGTH];
            reader.forEach(record -> {
                record.buffer().getBytes(record.offset(), bytes);
                write(out, bytes);
            });
        }

        final Path theirs = folder.resolve("theirs");
        final Result result = read(tape, theirs);

        assertThat(result.exitCode()).as(result.text()).isZero();
        assertThat(theirs).hasSameBinaryContentAs(ours);
    }

    @Test
    void shouldSayInOneLineWhatIsWrongWithADamagedFile() throws Exception {
        json("run", "--quiet", "--days", "1", "--seconds", "20", "--output", path("run"));
        final Path tape = DataSet.open(folder.resolve("run")).tapes().get(0).path();
        final byte[] whole = Files.readAllBytes(tape);
        final SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 5; i++) {
            final byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            final Path file = Files.write(folder.resolve("damaged.qrsdp"), damaged);

            final Result result = read(file, folder.resolve("theirs"));

            assertThat(result.exitCode()).as(result.text()).isEqualTo(4);
            assertThat(result.text().lines()).hasSize(1).allMatch(line -> line.startsWith(file + ": at offset "));
        }
    }

    @Test
    void shouldPassTestsOfItsOwn() throws Exception {
        final Result result = python(List.of("-m", "unittest", "discover", "-s", "tests"));

        assertThat(result.exitCode()).as(result.text()).isZero();
        assertThat(result.text()).contains("OK");
    }

    private void assertAgreesOnTapes(final String set) throws Exception {
        final List<DataSet.Tape> tapes = DataSet.open(folder.resolve(set)).tapes();
        assertThat(tapes).isNotEmpty();
        for (final DataSet.Tape tape : tapes) {
            final Path ours = folder.resolve("ours");
            try (Format2Reader reader = Format2Reader.open(tape.path());
                    OutputStream out = Files.newOutputStream(ours)) {
                reader.forEach((slots, low, high) -> write(out, slots, low, high));
            }

            final Path theirs = folder.resolve("theirs");
            final Result result = read(tape.path(), theirs);

            assertThat(result.exitCode()).as(result.text()).isZero();
            assertThat(result.text())
                    .contains(
                            "records " + tape.entry().recordCount(),
                            tape.entry().contentHash());
            assertThat(theirs).hasSameBinaryContentAs(ours);
        }
    }

    private static void write(final OutputStream out, final SlotArray slots, final long low, final long high) {
        final byte[] bytes = new byte[(int) (high - low + 1) * EventSlotDescriptor.SLOT_LENGTH];
        slots.buffer().getBytes(slots.offset(low), bytes);
        write(out, bytes);
    }

    private static void write(final OutputStream out, final byte[] bytes) {
        try {
            out.write(bytes);
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static Result read(final Path tape, final Path raw) throws Exception {
        return python(List.of("-m", "tapedeck", tape.toAbsolutePath().toString(), "--raw", raw.toString()));
    }

    /** Runs Python in the folder of the package. */
    private static Result python(final List<String> arguments) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of("python3", "-B"));
        command.addAll(arguments);
        final Path output = Files.createTempFile("python", ".txt");
        try {
            final Process process = new ProcessBuilder(command)
                    .directory(PACKAGE.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(200, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("python3 did not end: " + arguments);
            }
            return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            Files.delete(output);
        }
    }

    private String path(final String name) {
        return folder.resolve(name).toString();
    }
}
