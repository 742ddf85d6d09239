// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;

/**
 * Makes a bot that is started again and again start in half the time: the first start writes down
 * which classes it loads, and the later ones find those ready in an archive of the Java machine.
 *
 * <p>The archive takes classes from jars alone, so folders of the class path are packed first. If
 * it cannot be made, the bot starts as slowly as without it.
 */
final class SharedClasses {

  /** How long making the archive may take. */
  static final long PATIENCE_SECONDS = 120;

  /** Making the archive takes as long as five starts save. */
  private static final int WORTH_IT = 5;

  private final Path folder;
  private final String classPath;
  private int starts;

  /**
   * @param folder where the jars, the list and the archive are written
   * @param classPath the class path to start with
   */
  SharedClasses(Path folder, String classPath) {
    this.folder = folder;
    this.classPath =
        Stream.of(classPath.split(File.pathSeparator))
            .map(Path::of)
            .filter(Files::exists)
            .map(this::asJar)
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
  }

  /** Returns the class path in which every entry is a jar. */
  String classPath() {
    return classPath;
  }

  /** Returns the flags of the next start. */
  List<String> flags() {
    Path list = folder.resolve("classes.lst");
    Path archive = folder.resolve("classes.jsa");
    starts++;
    if (starts == 1) {
      return List.of("-XX:DumpLoadedClassList=" + list);
    }
    if (starts == WORTH_IT) {
      make(list, archive);
    }
    return starts < WORTH_IT ? List.of() : List.of("-XX:SharedArchiveFile=" + archive);
  }

  private void make(Path list, Path archive) {
    List<String> command = new ArrayList<>(CrashBot.JVM);
    command.add("-Xshare:dump");
    command.add("-XX:SharedClassListFile=" + list);
    command.add("-XX:SharedArchiveFile=" + archive);
    command.addAll(List.of("-cp", classPath));
    try {
      Process dump =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("classes.log").toFile())
              .start();
      if (!dump.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        dump.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Path asJar(Path entry) {
    if (!Files.isDirectory(entry)) {
      return entry;
    }
    try {
      Path jar = Files.createTempFile(folder, "classes", ".jar");
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
          Stream<Path> files = Files.walk(entry)) {
        out.setLevel(Deflater.NO_COMPRESSION);
        for (Path file : files.filter(file -> !file.equals(entry)).toList()) {
          add(out, entry.relativize(file).toString().replace(File.separatorChar, '/'), file);
        }
      }
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
