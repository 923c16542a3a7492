package io.tapedeck.feed.mold;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.mold.MoldSession;
import java.util.ArrayList;
import java.util.List;
import org.agrona.MutableDirectBuffer;

/** Writes down everything that it is told, and checks that numbers follow without a hole that was not reported. */
public final class RecordingHandler implements MoldHandler {
    public final List<byte[]> messages = new ArrayList<>();
    public final List<String> events = new ArrayList<>();
    private long nextSequence = 1;

    @Override
    public void onSession(final MoldSession session) {
        events.add("session " + session);
        nextSequence = 1;
    }

    @Override
    public void onMessage(final long sequence, final MutableDirectBuffer buffer, final int offset, final int length) {
        assertThat(sequence).isEqualTo(nextSequence++);
        final byte[] message = new byte[length];
        buffer.getBytes(offset, message);
        messages.add(message);
    }

    @Override
    public void onGap(final long first, final long last) {
        assertThat(first).isEqualTo(nextSequence);
        assertThat(last).isGreaterThanOrEqualTo(first);
        nextSequence = last + 1;
        events.add("gap " + first + "-" + last);
    }

    @Override
    public void onEndOfSession(final long next) {
        assertThat(next).isEqualTo(nextSequence);
        events.add("end " + next);
    }

    @Override
    public void onOtherSession(final MoldSession other) {
        events.add("other " + other);
    }
}
