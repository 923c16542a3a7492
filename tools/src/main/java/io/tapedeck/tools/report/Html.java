package io.tapedeck.tools.report;

/** Text in HTML. */
final class Html {
    private Html() {}

    static String escaped(final String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
