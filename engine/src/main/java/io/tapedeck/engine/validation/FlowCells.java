package io.tapedeck.engine.validation;

import io.tapedeck.codecs.qrsdp1.QueueEventType;
import io.tapedeck.codecs.qrsdp1.QueueSide;

/**
 * The kinds of event that a queue model has, numbered: additions by side and level, cancellations by side and level,
 * executions by resting side. Level 0 is the innermost queue of the window; level -1, of additions only, is a new price
 * inside it.
 */
final class FlowCells {
    private final int levels;

    FlowCells(final int levels) {
        this.levels = levels;
    }

    int levels() {
        return levels;
    }

    int count() {
        return 6 * levels + 2;
    }

    int add(final int side, final int level) {
        return side * (levels + 1) + level + 1;
    }

    int cancel(final int side, final int level) {
        return 2 * (levels + 1) + side * levels + level;
    }

    /** Of the queue at a level: the best one in the ladder models, any one that is the first with orders elsewhere. */
    int execute(final int restingSide, final int level) {
        return 2 * (levels + 1) + 2 * levels + restingSide * levels + level;
    }

    /** One of {@link QueueEventType}. */
    int type(final int cell) {
        final int cancels = 2 * (levels + 1);
        final int executions = cancels + 2 * levels;
        if (cell < cancels) {
            return cell <= levels ? QueueEventType.ADD_BID : QueueEventType.ADD_ASK;
        }
        if (cell < executions) {
            return cell < cancels + levels ? QueueEventType.CANCEL_BID : QueueEventType.CANCEL_ASK;
        }
        return cell < executions + levels ? QueueEventType.EXECUTE_SELL : QueueEventType.EXECUTE_BUY;
    }

    int side(final int cell) {
        return QueueEventType.restingSide(type(cell)) == QueueSide.BID ? QueueSide.BID : QueueSide.ASK;
    }

    /** -1 for a new price. */
    int level(final int cell) {
        final int cancels = 2 * (levels + 1);
        return cell < cancels ? cell % (levels + 1) - 1 : (cell - cancels) % levels;
    }

    /** For people. */
    String name(final int cell) {
        final int level = level(cell);
        return QueueEventType.name(type(cell)) + (level < 0 ? " at a new price" : " at level " + (level + 1));
    }
}
