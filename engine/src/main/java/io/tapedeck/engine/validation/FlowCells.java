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
    private final int[] types;
    private final int[] sides;
    private final int[] levelOfCell;

    FlowCells(final int levels) {
        this.levels = levels;
        final int cells = 6 * levels + 2;
        types = new int[cells];
        sides = new int[cells];
        levelOfCell = new int[cells];
        for (int side = QueueSide.BID; side <= QueueSide.ASK; side++) {
            define(add(side, -1), QueueEventType.ADD_BID + side, -1);
            for (int level = 0; level < levels; level++) {
                define(add(side, level), QueueEventType.ADD_BID + side, level);
                define(cancel(side, level), QueueEventType.CANCEL_BID + side, level);
                define(execute(side, level), QueueEventType.EXECUTE_SELL - side, level);
            }
        }
    }

    private void define(final int cell, final int type, final int level) {
        types[cell] = type;
        sides[cell] = QueueEventType.restingSide(type);
        levelOfCell[cell] = level;
    }

    int levels() {
        return levels;
    }

    int count() {
        return types.length;
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
        return types[cell];
    }

    /** The resting side. */
    int side(final int cell) {
        return sides[cell];
    }

    /** -1 for a new price. */
    int level(final int cell) {
        return levelOfCell[cell];
    }

    /** For people. */
    String name(final int cell) {
        final int level = level(cell);
        return QueueEventType.name(type(cell)) + (level < 0 ? " at a new price" : " at level " + (level + 1));
    }
}
