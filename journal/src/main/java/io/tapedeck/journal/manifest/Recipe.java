package io.tapedeck.journal.manifest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the records of a tape came to be: enough to make the same records again. Immutable. Nothing in it depends on when
 * or where it was made.
 *
 * @param generator        program that made the records: 1 to 255 visible ASCII characters without quotes and slashes.
 * @param generatorVersion its version, of the same characters.
 * @param model            name of the market model or of the source, of the same characters.
 * @param parameters       every parameter by name, as the text that a person would give; decimals as
 *                         {@link Double#toString(double)} prints them, so that they come back exactly. The order is
 *                         kept.
 * @param seeds            every seed by name; 64 bits, unsigned. The order is kept.
 */
public record Recipe(
        String generator,
        String generatorVersion,
        String model,
        Map<String, String> parameters,
        Map<String, Long> seeds) {
    /**
     * Checks every text and takes copies of the maps.
     *
     * @throws IllegalArgumentException if a name or a value is not of that form; names it.
     */
    public Recipe {
        ManifestText.requireName("generator", generator);
        ManifestText.requireName("generatorVersion", generatorVersion);
        ManifestText.requireName("model", model);
        parameters = namedTexts("parameters", parameters);
        seeds = Collections.unmodifiableMap(new LinkedHashMap<>(seeds));
        seeds.keySet().forEach(name -> ManifestText.requireName("name of a seed", name));
    }

    /** A copy in the same order, of names and printable values. */
    static Map<String, String> namedTexts(final String what, final Map<String, String> texts) {
        texts.forEach((name, text) -> {
            ManifestText.requireName("name in " + what, name);
            if (text.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException(
                        name + " in " + what + " has a control character; its text must be printable");
            }
        });
        return Collections.unmodifiableMap(new LinkedHashMap<>(texts));
    }
}
