package io.tapedeck.journal.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.tapedeck.codecs.CorruptDataException;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A JSON value that knows where in its file it stands, so that an error can say so.
 *
 * @param source  where the text is from.
 * @param key     the way to the value from the top, {@code securities[2].symbol}; empty for the top itself.
 * @param offset  of the value's first byte in the file.
 * @param content a map of values, a list of values, a string, a {@link BigInteger}; null stands for everything else.
 */
record JsonValue(JsonSource source, String key, long offset, Object content) {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(16)
                    .maxNumberLength(32)
                    .build())
            .build();

    static JsonValue parse(final JsonSource source, final byte[] bytes) throws IOException {
        try (JsonParser parser = FACTORY.createParser(bytes)) {
            parser.nextToken();
            final JsonValue value = value(source, "", parser);
            if (parser.nextToken() != null) {
                throw corrupt(source, parser.currentTokenLocation().getByteOffset(), "there is text behind the end");
            }
            return value;
        } catch (final JsonProcessingException ex) {
            final long offset =
                    ex.getLocation() == null ? 0 : Math.max(0, ex.getLocation().getByteOffset());
            throw corrupt(source, offset, "it is not JSON: " + ex.getOriginalMessage());
        }
    }

    private static JsonValue value(final JsonSource source, final String key, final JsonParser parser)
            throws IOException {
        final long offset = parser.currentTokenLocation().getByteOffset();
        final JsonToken token = parser.currentToken();
        final Object content;
        if (token == JsonToken.START_OBJECT) {
            content = members(source, key, parser);
        } else if (token == JsonToken.START_ARRAY) {
            content = elements(source, key, parser);
        } else if (token == JsonToken.VALUE_STRING) {
            content = parser.getText();
        } else if (token == JsonToken.VALUE_NUMBER_INT) {
            content = parser.getBigIntegerValue();
        } else {
            content = null;
        }
        return new JsonValue(source, key, offset, content);
    }

    private static Map<String, JsonValue> members(final JsonSource source, final String key, final JsonParser parser)
            throws IOException {
        final Map<String, JsonValue> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            final String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(source, key.isEmpty() ? name : key + "." + name, parser));
        }
        return members;
    }

    private static List<JsonValue> elements(final JsonSource source, final String key, final JsonParser parser)
            throws IOException {
        final List<JsonValue> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(source, key + "[" + elements.size() + "]", parser));
        }
        return elements;
    }

    /** Demands that this value is an object that has these members and no others. */
    void requireKeys(final Set<String> keys) {
        requireKeys(keys, Set.of());
    }

    /** Demands that this value is an object that has the first members, may have the second, and has no others. */
    void requireKeys(final Set<String> keys, final Set<String> optional) {
        if (!(content instanceof Map<?, ?> members)) {
            throw corrupt("must be an object");
        }
        for (final String name : keys) {
            if (!members.containsKey(name)) {
                throw corrupt("key \"" + name + "\" is missing");
            }
        }
        for (final Object member : members.values()) {
            final JsonValue value = (JsonValue) member;
            final String name = value.key().substring(key.isEmpty() ? 0 : key.length() + 1);
            if (!keys.contains(name) && !optional.contains(name)) {
                throw value.corrupt("is a key that the layout does not know");
            }
        }
    }

    /** Whether this is an object with such a member. */
    boolean has(final String name) {
        return content instanceof Map<?, ?> members && members.containsKey(name);
    }

    /** A member of this object. */
    JsonValue get(final String name) {
        if (content instanceof Map<?, ?> members && members.get(name) instanceof JsonValue member) {
            return member;
        }
        throw corrupt("key \"" + name + "\" is missing");
    }

    /** The members of this object by name, in the order of the text. */
    Map<String, JsonValue> members() {
        if (content instanceof Map<?, ?> members) {
            final Map<String, JsonValue> byName = new LinkedHashMap<>();
            members.forEach((name, member) -> byName.put((String) name, (JsonValue) member));
            return byName;
        }
        throw corrupt("must be an object");
    }

    List<?> array() {
        if (content instanceof List<?> elements) {
            return elements;
        }
        throw corrupt("must be an array");
    }

    String text() {
        if (content instanceof String text) {
            return text;
        }
        throw corrupt("must be a string");
    }

    int integer(final int least) {
        if (content instanceof BigInteger number && number.bitLength() < Integer.SIZE && number.intValue() >= least) {
            return number.intValue();
        }
        throw corrupt("must be a whole number from " + least + " to " + Integer.MAX_VALUE);
    }

    long unsignedLong() {
        if (content instanceof BigInteger number && number.signum() >= 0 && number.bitLength() <= Long.SIZE) {
            return number.longValue();
        }
        throw corrupt("must be a whole number from 0 to 18446744073709551615");
    }

    CorruptDataException corrupt(final String fault) {
        final String shown = content == null || content instanceof Map || content instanceof List
                ? ""
                : " is " + (content instanceof String text ? "\"" + text + "\"," : content + ",");
        return corrupt(source, offset, (key.isEmpty() ? "the JSON text" : key) + shown + " " + fault);
    }

    private static CorruptDataException corrupt(final JsonSource source, final long offset, final String fault) {
        return new CorruptDataException(source.path(), source.offset() + offset, fault, source.remedy());
    }
}
