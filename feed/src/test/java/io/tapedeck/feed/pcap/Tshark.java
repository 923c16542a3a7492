package io.tapedeck.feed.pcap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A decoder of captures that nobody here wrote, where it is installed. */
final class Tshark {
    private static final long LIMIT_SECONDS = 30;

    private Tshark() {}

    static boolean isInstalled() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "tshark")));
    }

    /**
     * Decodes a capture.
     *
     * @param protocol what to take which port for, for example {@code udp.port==5001,moldudp64}.
     * @param fields   wanted of each frame.
     * @return a line for each frame, with the fields between tabs.
     */
    static List<String> fields(final Path capture, final String protocol, final String... fields)
            throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of("tshark", "-r", capture.toString(), "-d", protocol));
        command.addAll(List.of("-o", "ip.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE", "-T", "fields"));
        for (final String field : fields) {
            command.addAll(List.of("-e", field));
        }
        final Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        final String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return List.of(out.split("\n"));
    }
}
