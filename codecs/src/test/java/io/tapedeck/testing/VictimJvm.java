package io.tapedeck.testing;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Starts JVMs that are there to be killed, as quickly as a JVM starts: a first one, which lives to its end, leaves its
 * classes in an archive, and all others take them from there. May be used by many threads at once.
 */
public final class VictimJvm {
    private static final long REHEARSAL_SECONDS = 120;

    private final List<String> command = new ArrayList<>();

    /**
     * Makes the archive.
     *
     * @param folder    where the class path's folders become jars, because an archive takes no class from a folder.
     * @param main      whose {@code main} the victims run.
     * @param rehearsal arguments of a life that ends by itself and uses what the victims use.
     * @throws IOException          if the folder cannot be written, or the first life is no success.
     * @throws InterruptedException if the calling thread was interrupted.
     */
    public VictimJvm(final Path folder, final Class<?> main, final String... rehearsal)
            throws IOException, InterruptedException {
        final Path archive = folder.resolve("victim.jsa");
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                // What the machine has to say, for example of an archive that it does not use, is no answer of main's.
                "-Xlog:all=warning:stderr",
                "-Xlog:all=off:stdout",
                "--add-opens",
                "java.base/jdk.internal.misc=ALL-UNNAMED",
                "--add-opens",
                "java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-opens",
                "java.base/java.lang.reflect=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(folder)));
        if (Runtime.version().feature() >= 24) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        final List<String> last = List.of(main.getName());
        final List<String> first = new ArrayList<>(command);
        first.add("-XX:ArchiveClassesAtExit=" + archive);
        first.addAll(last);
        rehearse(start(first, folder, rehearsal), folder);
        if (Files.exists(archive)) {
            command.addAll(List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:auto"));
        }
        command.addAll(last);
    }

    /**
     * Starts a victim; the caller ends it.
     *
     * @param workingDirectory of the process; its messages go to {@code err.txt} there.
     * @param args             of its {@code main}.
     * @return the process; its standard output is the caller's to read.
     * @throws IOException if the process cannot be started.
     */
    public Process start(final Path workingDirectory, final String... args) throws IOException {
        return start(command, workingDirectory, args);
    }

    private static Process start(final List<String> command, final Path workingDirectory, final String... args)
            throws IOException {
        final List<String> all = new ArrayList<>(command);
        all.addAll(List.of(args));
        return new ProcessBuilder(all)
                .directory(workingDirectory.toFile())
                .redirectError(workingDirectory.resolve("err.txt").toFile())
                .start();
    }

    private static void rehearse(final Process process, final Path folder) throws IOException, InterruptedException {
        try {
            process.getInputStream().transferTo(OutputStream.nullOutputStream());
            if (!process.waitFor(REHEARSAL_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("the first life is no success: " + Files.readString(folder.resolve("err.txt")));
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private static String classPath(final Path folder) throws IOException {
        final List<String> entries = new ArrayList<>();
        for (final String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            final Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                final Path jar = folder.resolve("classes" + entries.size() + ".jar");
                jar(path, jar);
                entries.add(jar.toString());
            } else if (Files.exists(path)) {
                entries.add(entry);
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    private static void jar(final Path classes, final Path jar) throws IOException {
        try (Stream<Path> walk = Files.walk(classes);
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            out.setLevel(Deflater.NO_COMPRESSION);
            for (final Path file : walk.filter(Files::isRegularFile).sorted().collect(Collectors.toList())) {
                out.putNextEntry(
                        new ZipEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
    }
}
