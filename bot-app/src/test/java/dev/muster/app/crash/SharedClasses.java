// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;

/**
 * Makes a bot that is started again and again start in half the time: an early start writes down
 * which classes it loads, and the later ones find those ready in an archive of the Java machine.
 * Bots over the same classes share one archive, in whatever process their tests run.
 *
 * <p>The archive takes classes from jars alone, so folders of the class path are packed first. If
 * it cannot be made, the bot starts as slowly as without it.
 */
final class SharedClasses {

  /** How long making the archive may take. */
  static final long PATIENCE_SECONDS = 120;

  private static final Path SHARED = Path.of("target", "crash-classes");

  private final Path folder;
  private final boolean worthIt;
  private final String classPath;
  private Path listing;

  private SharedClasses(Path folder, boolean worthIt, String classPath) {
    this.folder = folder;
    this.worthIt = worthIt;
    this.classPath = classPath;
  }

  /** The classes of the program as it is; their archive stays for the trials that follow. */
  static SharedClasses ofTheProgram() {
    String entries = System.getProperty("java.class.path");
    Path folder = SHARED.toAbsolutePath().resolve(fingerprint(entries));
    return new SharedClasses(folder, true, locked(folder, () -> packed(folder, entries)));
  }

  /** The program behind a folder of classes that stand in front; too few starts for an archive. */
  static SharedClasses behind(Path classesInFront, Path folder) {
    String entries = classesInFront + File.pathSeparator + System.getProperty("java.class.path");
    return new SharedClasses(folder, false, packed(folder, entries));
  }

  /** Returns the class path in which every entry is a jar. */
  String classPath() {
    return classPath;
  }

  /** Returns the flags of the next start. */
  List<String> flags() {
    return worthIt ? locked(folder, this::next) : List.of();
  }

  /** The process that was started last is gone, and what it wrote down is complete. */
  void ended() {
    if (listing != null) {
      try {
        Files.move(listing, folder.resolve("classes.lst"), StandardCopyOption.ATOMIC_MOVE);
        listing = null;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private List<String> next() {
    Path list = folder.resolve("classes.lst");
    Path archive = folder.resolve("classes.jsa");
    if (!Files.exists(list)) {
      listing = folder.resolve(UUID.randomUUID() + ".lst");
      return List.of("-XX:DumpLoadedClassList=" + listing);
    }
    if (!Files.exists(archive)) {
      make(list, archive);
    }
    return List.of("-XX:SharedArchiveFile=" + archive);
  }

  private void make(Path list, Path archive) {
    Path made = folder.resolve("made.jsa");
    List<String> command = new ArrayList<>(CrashBot.JVM);
    command.add("-Xshare:dump");
    command.add("-XX:SharedClassListFile=" + list);
    command.add("-XX:SharedArchiveFile=" + made);
    command.addAll(List.of("-cp", classPath));
    try {
      Process dump =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("classes.log").toFile())
              .start();
      if (!dump.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        dump.destroyForcibly();
      } else if (Files.exists(made)) {
        Files.move(made, archive, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the tests of another process do meanwhile waits. */
  private static synchronized <T> T locked(Path folder, Supplier<T> work) {
    try {
      Files.createDirectories(folder);
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        return lock.isValid() ? work.get() : null;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says in a word which classes these are. */
  private static String fingerprint(String entries) {
    String all =
        existing(entries)
            .flatMap(SharedClasses::files)
            .map(file -> file + " " + file.toFile().length() + " " + file.toFile().lastModified())
            .collect(Collectors.joining("\n"));
    return UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static Stream<Path> files(Path entry) {
    try (Stream<Path> files = Files.walk(entry)) {
      return files.filter(Files::isRegularFile).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> existing(String entries) {
    return Stream.of(entries.split(File.pathSeparator))
        .filter(entry -> !entry.isEmpty())
        .map(Path::of)
        .filter(Files::exists);
  }

  private static String packed(Path folder, String entries) {
    int[] number = {0};
    return existing(entries)
        .map(entry -> asJar(entry, folder.resolve("classes-" + number[0]++ + ".jar")))
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path asJar(Path entry, Path jar) {
    if (!Files.isDirectory(entry)) {
      return entry;
    }
    try {
      if (!Files.exists(jar)) {
        Path part = jar.resolveSibling(jar.getFileName() + ".part");
        pack(entry, part);
        Files.move(part, jar, StandardCopyOption.ATOMIC_MOVE);
      }
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void pack(Path entry, Path jar) throws IOException {
    Files.createDirectories(jar.getParent());
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(entry)) {
      out.setLevel(Deflater.NO_COMPRESSION);
      for (Path file : files.filter(file -> !file.equals(entry)).toList()) {
        add(out, entry.relativize(file).toString().replace(File.separatorChar, '/'), file);
      }
    }
  }

  /** Folders are entries too: migrations are found by listing theirs. */
  private static void add(JarOutputStream out, String name, Path file) throws IOException {
    if (Files.isDirectory(file)) {
      out.putNextEntry(new JarEntry(name + "/"));
    } else {
      out.putNextEntry(new JarEntry(name));
      Files.copy(file, out);
    }
  }
}
