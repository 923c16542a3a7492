package io.tapedeck.engine.calibration;

import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.EventTypeCode;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.codecs.sbe.EventDecoder;
import io.tapedeck.engine.book.OrderBook;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.book.Side;
import io.tapedeck.engine.replay.DataSetSource;
import io.tapedeck.engine.replay.RecordBookBuilder;
import io.tapedeck.engine.replay.Replay;
import io.tapedeck.engine.replay.ReplayHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a market looks like, day by day, by means that know nothing of calibration. */
final class DaySummary implements ReplayHandler {
    private static final int INSTRUMENT = 1;
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final double NS_PER_SECOND = 1e9;

    private final RecordBookBuilder builder = new RecordBookBuilder(new OrderBooks());
    private final EventDecoder event = new EventDecoder();
    private final List<Map<String, Double>> days = new ArrayList<>();
    private double[] sums;
    private long firstNs;
    private long lastNs;
    private long nextMinuteNs;
    private double lastMinuteMid;
    private double lastMid;
    private double lastMove;

    static List<Map<String, Double>> read(final Path run) throws IOException {
        final DaySummary summary = new DaySummary();
        try (DataSetSource source = DataSetSource.open(run)) {
            Replay.run(source, summary, count -> {});
        }
        summary.endDay();
        return summary.days;
    }

    @Override
    public void onSession(final LocalDate date) {
        endDay();
        builder.books().clear();
        sums = new double[9];
        firstNs = 0;
        lastMove = 0;
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high) {
        for (long at = low; at <= high; at++) {
            if (!EventSlotDescriptor.isEvent(slots.buffer(), slots.offset(at))) {
                continue;
            }
            slots.wrap(event, at);
            if (event.flags() == 0) {
                onEvent(event.eventTimeNs(), event.eventTypeRaw());
            }
            builder.apply(slots.buffer(), slots.offset(at));
        }
    }

    private void onEvent(final long timeNs, final int type) {
        final OrderBook book = builder.books().book(INSTRUMENT);
        final double mid = (book.bestPrice(Side.BID) + book.bestPrice(Side.ASK)) / 2.0;
        if (firstNs == 0) {
            firstNs = timeNs;
            lastNs = timeNs;
            nextMinuteNs = timeNs + MINUTE_NS;
            lastMinuteMid = mid;
            lastMid = mid;
        }
        final double seconds = (timeNs - lastNs) / NS_PER_SECOND;
        lastNs = timeNs;
        sums[0] += seconds * (book.bestPrice(Side.ASK) - book.bestPrice(Side.BID));
        sums[1] += seconds * (book.bestOrderCount(Side.ASK) + book.bestOrderCount(Side.BID)) / 2;
        sums[2] += type == EventTypeCode.ADD ? 1 : 0;
        sums[3] += type == EventTypeCode.DELETE ? 1 : 0;
        sums[4] += type == EventTypeCode.EXECUTE ? 1 : 0;
        if (mid != lastMid) {
            final double move = Math.signum(mid - lastMid);
            sums[5] += lastMove == move ? 1 : 0;
            sums[6] += lastMove == -move ? 1 : 0;
            lastMove = move;
            lastMid = mid;
        }
        for (; timeNs >= nextMinuteNs; nextMinuteNs += MINUTE_NS) {
            sums[7] += (mid - lastMinuteMid) * (mid - lastMinuteMid);
            sums[8]++;
            lastMinuteMid = mid;
        }
    }

    private void endDay() {
        if (sums == null) {
            return;
        }
        final double seconds = (lastNs - firstNs) / NS_PER_SECOND;
        final Map<String, Double> day = new LinkedHashMap<>();
        day.put("spread", sums[0] / seconds);
        day.put("size at the best", sums[1] / seconds);
        day.put("additions per second", sums[2] / seconds);
        day.put("cancellations per second", sums[3] / seconds);
        day.put("executions per second", sums[4] / seconds);
        day.put("eta", sums[5] / (2 * sums[6]));
        day.put("variance of a minute", sums[7] / sums[8]);
        days.add(day);
    }

    static double mean(final String name, final List<Map<String, Double>> days) {
        return days.stream().mapToDouble(day -> day.get(name)).average().orElseThrow();
    }

    /** How many standard errors the means of two samples of days lie apart. */
    static double welch(
            final String name, final List<Map<String, Double>> days, final List<Map<String, Double>> others) {
        return (mean(name, days) - mean(name, others))
                / Math.sqrt(squaredError(name, days) + squaredError(name, others));
    }

    private static double squaredError(final String name, final List<Map<String, Double>> days) {
        final double mean = mean(name, days);
        final double squares = days.stream()
                .mapToDouble(day -> (day.get(name) - mean) * (day.get(name) - mean))
                .sum();
        return squares / (days.size() - 1) / days.size();
    }
}
