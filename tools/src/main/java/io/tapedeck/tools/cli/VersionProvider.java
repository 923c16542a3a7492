package io.tapedeck.tools.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Version, commit and JVM, as {@code --version} prints them and as reports name them. */
public final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        final Properties properties = new Properties();
        try (InputStream in = VersionProvider.class.getResourceAsStream("version.properties")) {
            properties.load(in);
        }
        return new String[] {
            "tapedeck " + properties.getProperty("version") + " (commit " + properties.getProperty("commit") + ")",
            "JVM " + System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version")
        };
    }
}
