package io.tapedeck.tools.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Version, commit and JVM, as {@code --version} prints them and as reports name them. */
public final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        final Properties properties = properties();
        return new String[] {
            "tapedeck " + properties.getProperty("version") + " (commit " + properties.getProperty("commit") + ")",
            "JVM " + System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version")
        };
    }

    /**
     * The version, as tapes name the program that made them.
     *
     * @return version, a hyphen, commit.
     * @throws IOException if the program's own files cannot be read.
     */
    public static String tapeVersion() throws IOException {
        final Properties properties = properties();
        return properties.getProperty("version") + "-" + properties.getProperty("commit");
    }

    private static Properties properties() throws IOException {
        final Properties properties = new Properties();
        try (InputStream in = VersionProvider.class.getResourceAsStream("version.properties")) {
            properties.load(in);
        }
        return properties;
    }
}
