package io.tapedeck.feed.mold;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.mold.MoldSession;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When requests go out and when it is given up, without a packet. */
class RequestScheduleTest {
    private static final MoldSession SESSION = MoldSession.of("MONDAY");
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int CAPACITY = 64;
    private static final int REORDER_WAIT_MS = 5;
    private static final int RETRY_MS = 20;
    private static final int GIVE_UP_MS = 10_000;

    private final List<String> requests = new ArrayList<>();
    private final MissingRanges missing = new MissingRanges(CAPACITY);
    private final RequestSchedule schedule = schedule(
            (session, sequence, count) -> requests.add(session.toString().trim() + " " + sequence + "+" + count));

    @Test
    void shouldAskOnceTheWaitForLatePacketsIsOver() {
        miss(7, 9, 100);

        assertThat(request(104)).isZero();
        assertThat(request(105)).isEqualTo(1);
        assertThat(request(105)).isZero();
        assertThat(requests).containsExactly("MONDAY 7+3");
    }

    @Test
    void shouldDoubleTheIntervalUpToASecond() {
        miss(7, 9, 0);
        final List<Integer> sentMs = new ArrayList<>();
        for (int nowMs = 0; nowMs < 5_000; nowMs++) {
            if (request(nowMs) > 0) {
                sentMs.add(nowMs);
            }
        }

        assertThat(sentMs).containsExactly(5, 25, 65, 145, 305, 625, 1_265, 2_265, 3_265, 4_265);
    }

    @Test
    void shouldNotRepeatARequestWhileTheServerAnswersOthers() {
        miss(7, 9, 0);
        request(5);
        schedule.onAnswer(20 * MS);
        assertThat(request(39)).isZero();
        assertThat(request(40)).isEqualTo(1);
    }

    @Test
    void shouldBeginAnewWhenSomethingOfARangeHasCome() {
        miss(7, 9, 0);
        request(5);
        request(25);
        missing.fill(7, 7);
        schedule.onAnswer(30 * MS);

        assertThat(request(30)).isEqualTo(1);
        assertThat(requests).endsWith("MONDAY 8+2");
        assertThat(request(49)).isZero();
        assertThat(request(50)).isEqualTo(1);
    }

    @Test
    void shouldAskForAsMuchAsThePacketsOfTheSessionHold() {
        miss(1, 1_000, 0);
        schedule.onPacketOf(3);
        request(5);
        assertThat(requests)
                .hasSize(RequestSchedule.WINDOW)
                .startsWith("MONDAY 1+32", "MONDAY 33+32")
                .endsWith("MONDAY 481+32");

        requests.clear();
        missing.fill(1, 512);
        schedule.onPacketOf(40);
        request(6);
        assertThat(requests)
                .startsWith("MONDAY 513+40")
                .endsWith("MONDAY 993+8")
                .hasSize(13);
    }

    @Test
    void shouldAskForTheLowestFirst() {
        for (int i = 0; i < 2 * RequestSchedule.WINDOW; i++) {
            miss(10L * i + 1, 10L * i + 2, 0);
        }
        request(5);
        assertThat(requests)
                .hasSize(RequestSchedule.WINDOW)
                .startsWith("MONDAY 1+2")
                .endsWith("MONDAY 151+2");
        missing.fill(1, 2);
        assertThat(request(6)).isEqualTo(1);
        assertThat(requests).endsWith("MONDAY 161+2");
    }

    @Test
    void shouldGiveUpWhatWasAskedForInVain() {
        miss(7, 9, 0);
        miss(20, 21, 0);
        request(5);
        schedule.onAnswer(9_000 * MS);
        assertThat(takeExpired(5 + GIVE_UP_MS - 1)).isEqualTo(RequestSchedule.NOTHING);
        assertThat(takeExpired(5 + GIVE_UP_MS)).isEqualTo(9);
        assertThat(takeExpired(5 + GIVE_UP_MS)).isEqualTo(21);
        assertThat(missing.isEmpty()).isTrue();
    }

    @Test
    void shouldWaitForARangeOfWhichPartsStillCome() {
        miss(7, 9, 0);
        request(5);
        missing.fill(7, 7);
        schedule.onAnswer(9_000 * MS);
        request(9_020);

        assertThat(takeExpired(5 + GIVE_UP_MS)).isEqualTo(RequestSchedule.NOTHING);
        assertThat(takeExpired(9_020 + GIVE_UP_MS)).isEqualTo(9);
    }

    @Test
    void shouldGiveALongGapUpAtOnceWhenTheServerIsSilent() {
        miss(1, 1_000, 0);
        request(5);

        assertThat(takeExpired(GIVE_UP_MS - 1)).isEqualTo(RequestSchedule.NOTHING);
        assertThat(takeExpired(GIVE_UP_MS)).isEqualTo(1_000);
    }

    @Test
    void shouldKeepWhatAServerThatAnswersWasNotAskedForYet() {
        miss(1, 1_000, 0);
        request(5);
        schedule.onAnswer(9_000 * MS);

        assertThat(takeExpired(5 + GIVE_UP_MS)).isEqualTo(512);
        assertThat(takeExpired(5 + GIVE_UP_MS)).isEqualTo(RequestSchedule.NOTHING);
        assertThat(missing.first(missing.head())).isEqualTo(513);
    }

    @Test
    void shouldOnlyWaitForLatePacketsWhenNobodyCanBeAsked() {
        final RequestSchedule alone = schedule(null);
        miss(7, 9, 0);

        assertThat(alone.canAsk()).isFalse();
        assertThat(schedule.canAsk()).isTrue();
        assertThat(alone.request(SESSION, REORDER_WAIT_MS * MS)).isZero();
        assertThat(alone.takeExpired(REORDER_WAIT_MS * MS - 1)).isEqualTo(RequestSchedule.NOTHING);
        assertThat(alone.takeExpired(REORDER_WAIT_MS * MS)).isEqualTo(9);
    }

    @Test
    void shouldLeaveOutOfItsClockWhatTheCallerWasHeldUpFor() {
        assertThat(schedule.clockNs(-70 * MS)).isEqualTo(-70 * MS);
        assertThat(schedule.clockNs(1_180 * MS)).isEqualTo(1_180 * MS);
        assertThat(schedule.clockNs(61_180 * MS)).isEqualTo(2_430 * MS);
        assertThat(schedule.clockNs(61_180 * MS)).isEqualTo(2_430 * MS);
        assertThat(schedule.clockNs(61_190 * MS)).isEqualTo(2_440 * MS);
    }

    private RequestSchedule schedule(final MoldRequester requester) {
        final ReceiverContext context = new ReceiverContext()
                .reorderWaitNs(REORDER_WAIT_MS * MS)
                .retryNs(RETRY_MS * MS)
                .giveUpNs(GIVE_UP_MS * MS);
        return new RequestSchedule(context.conclude(), missing, requester);
    }

    private void miss(final long first, final long last, final int nowMs) {
        missing.append(first, last, nowMs * MS, false);
    }

    private int request(final int nowMs) {
        return schedule.request(SESSION, nowMs * MS);
    }

    private long takeExpired(final int nowMs) {
        return schedule.takeExpired(nowMs * MS);
    }
}
