package io.tapedeck.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.engine.model.QueueReactiveCurves;
import io.tapedeck.engine.model.QueueReactiveCurvesFile;
import io.tapedeck.engine.model.SimpleImbalanceParameters;
import io.tapedeck.journal.format1.Format1Reader;
import io.tapedeck.testing.TestData;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ReferenceRunTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run-hlr-fallback-s5",
                "run-hlr-s42",
                "run-hlrcurves-s100",
                "run-multiday-s42",
                "run-multisec-s42",
                "run-simple-nospread-s7",
                "run-simple-s1",
                "run-simple-s42"
            })
    void shouldWriteTheReferenceProgramsRunWhenGivenItsArguments(final String name) throws Exception {
        final Path reference = TestData.reference(name);
        final RunSummary summary = ReferenceRun.run(referenceContext(name));

        assertThat(folder.resolve("manifest.json")).hasSameTextualContentAs(reference.resolve("manifest.json"));
        assertThat(files(folder)).isEqualTo(files(reference));
        for (final SessionSummary session : summary.sessions()) {
            final String file = folder.relativize(session.file()).toString();
            final List<StreamEvent> written = read(session.file());
            assertThat(written).as(file).isEqualTo(read(reference.resolve(file)));
            assertThat(session.eventCount()).isEqualTo(written.size());
            assertThat(session.fileBytes()).isEqualTo(Files.size(session.file()));
            assertThat(session.isComplete()).isTrue();
        }
        assertThat(summary.isStopped()).isFalse();
    }

    @Test
    void shouldChainPricesAndSeedsWhenThereAreSeveralDaysAndSecurities() throws Exception {
        final List<RunSecurity> securities = Stream.of("A", "B", "C", "D", "E")
                .map(symbol -> new RunSecurity(symbol, 1_000 * symbol.charAt(0)))
                .collect(Collectors.toList());
        final RunSummary summary =
                ReferenceRun.run(context(20).days(3).securities(securities).baseSeed(7));

        assertThat(summary.sessions()).hasSize(15);
        for (int i = 0; i < 15; i++) {
            final SessionSummary session = summary.sessions().get(i);
            assertThat(session.symbol()).isEqualTo(securities.get(i / 3).symbol());
            assertThat(session.seed()).isEqualTo(7 + 1_024 * (i / 3) + i % 3);
            assertThat(session.date())
                    .isEqualTo(List.of("2026-01-02", "2026-01-05", "2026-01-06").get(i % 3));
            assertThat(session.openingPriceTicks())
                    .isEqualTo(
                            i % 3 == 0
                                    ? securities.get(i / 3).p0Ticks()
                                    : summary.sessions().get(i - 1).closePriceTicks());
        }
        assertThat(summary.eventCount())
                .isEqualTo(summary.sessions().stream()
                        .mapToLong(SessionSummary::eventCount)
                        .sum());
    }

    @Test
    void shouldCloseTheFileAndNameItInTheManifestWhenStopped() throws Exception {
        final AtomicBoolean stop = new AtomicBoolean();
        final RunSummary summary =
                ReferenceRun.run(context(1_000_000).days(0).stop(stop::get).listener(new SessionListener() {
                    @Override
                    public void onSessionProgress(
                            final String symbol, final String date, final long eventCount, final double fraction) {
                        assertThat(fraction).isBetween(0.0, 0.01);
                        stop.set(true);
                    }
                }));

        assertThat(summary.isStopped()).isTrue();
        assertThat(summary.sessions()).hasSize(1);
        final SessionSummary session = summary.sessions().get(0);
        assertThat(session.isComplete()).isFalse();
        assertThat(session.eventCount()).isBetween(65_536L, 65_536L + 256);
        assertThat(read(session.file())).hasSize((int) session.eventCount());
        assertThat(folder.resolve("manifest.json")).content().contains("2026-01-02.qrsdp");
    }

    @Test
    void shouldGoOnUntilStoppedWhenDaysAreZero() throws Exception {
        final AtomicInteger ended = new AtomicInteger();
        final RunSummary summary = ReferenceRun.run(
                context(1).days(0).stop(() -> ended.get() == 12).listener(new SessionListener() {
                    @Override
                    public void onSessionEnd(final SessionSummary session) {
                        ended.incrementAndGet();
                    }
                }));

        assertThat(summary.sessions()).hasSize(12);
        assertThat(summary.sessions().get(11).date()).isEqualTo("2026-01-19");
    }

    @Test
    void shouldNameWhatExistsWhenItWouldBeOverwritten() throws Exception {
        ReferenceRun.run(context(1).days(2));
        final List<String> before = files(folder);

        assertThatThrownBy(() -> ReferenceRun.run(context(1).days(9)))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("manifest.json, 2026-01-02.qrsdp, 2026-01-05.qrsdp;")
                .hasMessageContaining(folder.toString());
        Files.delete(folder.resolve("manifest.json"));
        assertThatThrownBy(() -> ReferenceRun.run(context(1).days(0)))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("overwrite 2026-01-02.qrsdp;");
        assertThat(ReferenceRun.run(context(2).days(2).force(true)).sessions()).hasSize(2);
        assertThat(files(folder)).isEqualTo(before);
    }

    @Test
    void shouldNotTouchTheLaterFileWhenARunWithoutAnEndMeetsIt() throws Exception {
        final Path later = Files.writeString(folder.resolve("2026-01-05.qrsdp"), "precious");
        assertThatThrownBy(() -> ReferenceRun.run(context(1).days(0)))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("2026-01-05.qrsdp");

        assertThat(later).hasContent("precious");
        assertThat(folder.resolve("manifest.json"))
                .content()
                .contains("2026-01-02")
                .doesNotContain("2026-01-05");
    }

    @Test
    void shouldEndTheOthersWhenOneSecurityFails() throws Exception {
        Files.createDirectories(folder.resolve("BAD").resolve("2026-01-05.qrsdp"));
        final ReferenceRun.Context context = context(100)
                .days(0)
                .force(true)
                .securities(List.of(new RunSecurity("BAD", 100), new RunSecurity("GOOD", 100)));
        assertThatThrownBy(() -> ReferenceRun.run(context))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("2026-01-05.qrsdp");

        assertThat(folder.resolve("manifest.json")).content().contains("BAD/2026-01-02.qrsdp");
    }

    @Test
    void shouldReportEverySessionWhenItStartsAndEnds() throws Exception {
        final List<String> heard = Collections.synchronizedList(new ArrayList<>());
        ReferenceRun.run(context(1).days(2).listener(new SessionListener() {
            @Override
            public void onSessionStart(final String symbol, final String date, final long seed) {
                heard.add("start " + symbol + " " + date + " " + seed);
            }

            @Override
            public void onSessionEnd(final SessionSummary session) {
                heard.add("end " + session.date() + " " + Files.exists(folder.resolve("manifest.json")));
            }
        }));

        assertThat(heard)
                .containsExactly(
                        "start null 2026-01-02 42",
                        "end 2026-01-02 true",
                        "start null 2026-01-05 43",
                        "end 2026-01-05 true");
    }

    @Test
    void shouldRefuseTheContextWhenItIsNotCoherent() {
        assertRefused(new ReferenceRun.Context(), "outputDirectory");
        assertRefused(context(1).days(-1), "days=-1");
        assertRefused(context(1).startDate("tomorrow"), "startDate=tomorrow");
        assertRefused(context(1).chunkCapacity(-1), "chunkCapacity=-1");
        assertRefused(context(1).chunkCapacity(Integer.MAX_VALUE), "chunkCapacity");
        assertRefused(context(1).securities(List.of(new RunSecurity("..", 1))), "..");
        assertRefused(context(1).securities(List.of(new RunSecurity("A/B", 1))), "A/B");
        assertRefused(context(1).securities(List.of(new RunSecurity("manifest.json", 1))), "manifest.json");
        assertRefused(context(1).securities(List.of(new RunSecurity("A", 1), new RunSecurity("A", 2))), "symbol=A");
        assertRefused(context(1).securities(List.of(new RunSecurity("A", Integer.MAX_VALUE))), "p0Ticks=2147483647");
        assertThat(folder).isEmptyDirectory();
    }

    private static void assertRefused(final ReferenceRun.Context context, final String message) {
        assertThatThrownBy(() -> ReferenceRun.run(context))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private ReferenceRun.Context context(final int seconds) {
        return new ReferenceRun.Context()
                .outputDirectory(folder)
                .parameters(SessionParameters.builder().sessionSeconds(seconds).build());
    }

    /** The arguments of the reference program's runs. */
    private ReferenceRun.Context referenceContext(final String name) throws IOException {
        switch (name) {
            case "run-hlr-fallback-s5":
                return reference(60, curves("curves-from-multiday-k3.json").levelsPerSide(2))
                        .baseSeed(5);
            case "run-hlr-s42":
                return reference(240, SessionParameters.builder().model(QueueReactiveCurves.defaults(5)));
            case "run-hlrcurves-s100":
                return reference(120, curves("curves-from-hlr-s42.json")).baseSeed(100);
            case "run-multiday-s42":
                return reference(60, SessionParameters.builder()).days(4);
            case "run-multisec-s42":
                return reference(60, SessionParameters.builder())
                        .days(2)
                        .startDate("2024-02-28")
                        .securities(List.of(
                                new RunSecurity("AAPL", 10_000),
                                new RunSecurity("MSFT", 15_000),
                                new RunSecurity("GOOG", 20_000)));
            case "run-simple-nospread-s7":
                return reference(
                                120,
                                SessionParameters.builder()
                                        .model(new SimpleImbalanceParameters(20, 0.5, 40, 1, 1, 1, 0, 0.5)))
                        .baseSeed(7);
            case "run-simple-s1":
                return reference(180, SessionParameters.builder()).baseSeed(1);
            default:
                return reference(240, SessionParameters.builder());
        }
    }

    private static SessionParameters.Builder curves(final String name) throws IOException {
        return SessionParameters.builder().model(QueueReactiveCurvesFile.load(TestData.reference(name)));
    }

    private ReferenceRun.Context reference(final int seconds, final SessionParameters.Builder parameters) {
        return new ReferenceRun.Context()
                .outputDirectory(folder)
                .parameters(parameters.sessionSeconds(seconds).build())
                .days(1);
    }

    private static List<String> files(final Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> directory.relativize(path).toString())
                    .sorted()
                    .collect(Collectors.toList());
        }
    }

    private static List<StreamEvent> read(final Path file) throws IOException {
        final List<StreamEvent> events = new ArrayList<>();
        try (Format1Reader reader = Format1Reader.open(file)) {
            reader.forEach(record -> events.add(new StreamEvent(
                    record.timestampNs(),
                    record.type(),
                    record.side(),
                    record.priceTicks(),
                    record.quantity(),
                    record.orderId(),
                    0)));
        }
        return events;
    }
}
