// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Makes a bot that is started again and again start in half the time: an early start writes down
 * which classes it loads, and the later ones find those ready in an archive of the Java machine.
 * Bots over the same classes share one archive, in whatever process their tests run. No bot of a
 * trial calls anything that needs certificates, so none reads the machine's.
 *
 * <p>The archive takes classes from jars alone, so folders of the class path are packed first. If
 * it cannot be made, the bot starts as slowly as without it.
 */
final class SharedClasses {

  private static final String SERIAL = "-XX:+UseSerialGC";

  /** How every process of a trial is run. */
  static final List<String> JVM =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-XX:TieredStopAtLevel=1",
          SERIAL,
          "-Xshare:auto",
          "-Xmx256m",
          "-XX:-UsePerfData",
          "-Dfile.encoding=UTF-8");

  /** How long making the archive may take. */
  static final long PATIENCE_SECONDS = 120;

  /** It alone writes the objects of the Java machine's own start down too; all can read them. */
  private static final String DUMPED_WITH = "-XX:+UseG1GC";

  private static final Path SHARED = Path.of("target", "crash-classes");

  /** Libraries of tests alone; each jar that a bot need not open makes its start shorter. */
  private static final Pattern OF_TESTS =
      Pattern.compile("selenium|wiremock|archunit|junit|byte-buddy|opentest4j");

  private static final Pattern PLATFORM = Pattern.compile("^  (\\w+):", Pattern.MULTILINE);

  private final Path folder;
  private final String name;
  private final boolean worthIt;
  private final String classPath;
  private Path listing;

  private SharedClasses(Path folder, String name, boolean worthIt, String classPath) {
    this.folder = folder;
    this.name = name;
    this.worthIt = worthIt;
    this.classPath = classPath;
  }

  /**
   * The classes of the program as it is; their archive stays for the trials that follow.
   *
   * @param platforms what {@code bot.yaml} says of chat platforms: each has libraries of its own
   */
  static SharedClasses ofTheProgram(String platforms) {
    String entries = System.getProperty("java.class.path");
    Path folder = SHARED.toAbsolutePath().resolve(fingerprint(entries));
    String names =
        PLATFORM.matcher(platforms).results().map(m -> m.group(1)).collect(Collectors.joining("-"));
    String classPath = locked(folder, () -> packed(folder, entries));
    return new SharedClasses(folder, "classes-" + names, true, classPath);
  }

  /** The program behind a folder of classes that stand in front; too few starts for an archive. */
  static SharedClasses behind(Path classesInFront, Path folder) {
    String entries = classesInFront + File.pathSeparator + System.getProperty("java.class.path");
    return new SharedClasses(folder, "", false, packed(folder, entries));
  }

  /** Returns the class path in which every entry is a jar. */
  String classPath() {
    return classPath;
  }

  /** Returns the flags of the next start; the process before it is gone. */
  List<String> flags() {
    ended();
    List<String> flags = new ArrayList<>(worthIt ? locked(folder, this::next) : List.of());
    flags.add("-Dorg.sqlite.lib.path=" + folder);
    flags.add("-Dorg.sqlite.tmpdir=" + folder);
    flags.add("-Djavax.net.ssl.trustStore=NONE");
    return flags;
  }

  /** A killed process cannot take away what it unpacked, so it finds the library unpacked. */
  private static void unpackLibrary(Path folder) {
    String name = LibraryLoaderUtil.getNativeLibName();
    Path library = folder.resolve(name);
    String packed = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
    try (InputStream in = LibraryLoaderUtil.class.getResourceAsStream(packed)) {
      if (in == null) {
        throw new IOException("the database driver has no " + packed);
      }
      Files.createDirectories(folder);
      if (!Files.exists(library)) {
        Path part = folder.resolve(name + ".part");
        Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
        Files.move(part, library, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process that was started last is gone, and what it wrote down is complete. */
  void ended() {
    if (listing != null) {
      try {
        Files.move(listing, folder.resolve(name + ".lst"), StandardCopyOption.ATOMIC_MOVE);
        listing = null;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private List<String> next() {
    Path list = folder.resolve(name + ".lst");
    Path archive = folder.resolve(name + ".jsa");
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
    Path made = folder.resolve(name + "-made.jsa");
    List<String> command = new ArrayList<>(JVM);
    command.replaceAll(flag -> flag.equals(SERIAL) ? DUMPED_WITH : flag);
    command.add("-Xshare:dump");
    command.add("-XX:SharedClassListFile=" + list);
    command.add("-XX:SharedArchiveFile=" + made);
    command.addAll(List.of("-cp", classPath));
    try {
      Process dump =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve(name + ".log").toFile())
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
        .filter(entry -> !OF_TESTS.matcher(entry.getFileName().toString()).find())
        .filter(Files::exists);
  }

  private static String packed(Path folder, String entries) {
    unpackLibrary(folder);
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
