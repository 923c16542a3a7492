package io.tapedeck.engine.facts;

import io.tapedeck.codecs.record.EventTypeCode;

/** Kinds of event as a scorecard tells them apart. */
final class EventMix {
    static final int ADD = 0;
    static final int CANCEL = 1;
    static final int TRADE = 2;
    static final int REPLACE = 3;
    static final int COUNT = 4;

    private static final String[] NAMES = {"add", "cancel", "execute", "replace"};

    private EventMix() {}

    /** -1 for what concerns no displayed order. */
    static int of(final int eventType) {
        switch (eventType) {
            case EventTypeCode.ADD:
                return ADD;
            case EventTypeCode.REDUCE:
            case EventTypeCode.DELETE:
                return CANCEL;
            case EventTypeCode.EXECUTE:
            case EventTypeCode.EXECUTE_AT_PRICE:
                return TRADE;
            case EventTypeCode.REPLACE:
                return REPLACE;
            default:
                return -1;
        }
    }

    static String name(final int kind) {
        return NAMES[kind];
    }
}
