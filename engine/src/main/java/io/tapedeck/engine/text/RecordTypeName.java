package io.tapedeck.engine.text;

import io.tapedeck.codecs.itch.ItchMessageType;
import io.tapedeck.codecs.record.EventTypeCode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Names of record types: {@code ADD REDUCE DELETE EXECUTE EXECUTE_AT_PRICE REPLACE TRADE CROSS BROKEN} for events, and the
 * letter of ITCH 5.0 for a message that is carried as it is.
 */
public final class RecordTypeName {
    /** Answer for a name that is no event's. */
    public static final int NONE = 0;

    private static final String[] NAMES = {
        null, "ADD", "REDUCE", "DELETE", "EXECUTE", "EXECUTE_AT_PRICE", "REPLACE", "TRADE", "CROSS", "BROKEN"
    };
    private static final String CARRIED = "SRHYLVWKJhINO";
    private static final byte[] UNKNOWN = {'?'};
    private static final byte[][] BYTES = new byte[256][];
    private static final byte[][] ITCH_BYTES = new byte[256][];

    static {
        for (int type = 0; type < BYTES.length; type++) {
            BYTES[type] = type >= EventTypeCode.ADD && type <= EventTypeCode.BROKEN
                    ? NAMES[type].getBytes(StandardCharsets.US_ASCII)
                    : UNKNOWN;
            ITCH_BYTES[type] = CARRIED.indexOf(type) >= 0 ? new byte[] {(byte) type} : UNKNOWN;
        }
    }

    private RecordTypeName() {}

    /**
     * The name of an event type.
     *
     * @param eventType any value.
     * @return the name, or {@code ?} for a value that is no type.
     */
    public static String of(final int eventType) {
        return new String(bytes(eventType), StandardCharsets.US_ASCII);
    }

    /**
     * The event type that has a name.
     *
     * @param name in any case.
     * @return one of {@link EventTypeCode}, or {@link #NONE}.
     */
    public static int eventType(final String name) {
        for (int type = EventTypeCode.ADD; type <= EventTypeCode.BROKEN; type++) {
            if (NAMES[type].equals(name.toUpperCase(Locale.ROOT))) {
                return type;
            }
        }
        return NONE;
    }

    /**
     * The carried message that has a letter.
     *
     * @param letter as ITCH has it; case counts.
     * @return type byte of ITCH.
     * @throws IllegalArgumentException if it is neither that nor an event's name.
     */
    public static int itchType(final String letter) {
        if (letter.length() == 1 && CARRIED.contains(letter)) {
            return letter.charAt(0);
        }
        final byte type = letter.length() == 1 ? (byte) letter.charAt(0) : 0;
        throw new IllegalArgumentException("no record has the type '" + letter + "'"
                + (ItchMessageType.isKnown(type) ? ", for " + ItchMessageType.name(type) + " becomes an event" : "")
                + "; there are ADD, REDUCE, DELETE, EXECUTE, EXECUTE_AT_PRICE, REPLACE, TRADE, CROSS, BROKEN,"
                + " and the carried ITCH types " + String.join(" ", CARRIED.split("")));
    }

    static byte[] bytes(final int eventType) {
        return BYTES[eventType & 0xFF];
    }

    static byte[] itchBytes(final int itchType) {
        return ITCH_BYTES[itchType & 0xFF];
    }
}
