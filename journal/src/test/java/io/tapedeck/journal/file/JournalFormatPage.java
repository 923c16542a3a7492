package io.tapedeck.journal.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** The page that describes the formats, and the files that it shows byte by byte. */
public final class JournalFormatPage {
    private static final Path PAGE =
            Path.of(System.getProperty("tapedeck.projectRoot", "..")).resolve("docs/journal-format.md");
    private static final String BEGIN = "```hex\n";
    private static final String END = "```";

    private JournalFormatPage() {}

    /** All of it. */
    public static String text() throws IOException {
        return Files.readString(PAGE);
    }

    /** The bytes of a hex block, counted from 0; the offset that each line begins with is checked on the way. */
    public static byte[] hexBlock(final int number) throws IOException {
        final String block = text().split(BEGIN)[number + 1];
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (final String line : block.substring(0, block.indexOf(END)).split("\n")) {
            assertThat(line.substring(0, 4).trim()).isEqualTo(Integer.toString(bytes.size()));
            final String hex = line.substring(6, Math.min(line.length(), 54)).replace(" ", "");
            bytes.writeBytes(HexFormat.of().parseHex(hex));
        }
        return bytes.toByteArray();
    }
}
