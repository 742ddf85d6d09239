// SPDX-License-Identifier: Apache-2.0
package dev.muster.shipped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sources are compiled and packaged once more, in another folder, another time zone, another
 * language and with other rights on new files: the program is the same, byte for byte.
 */
@Tag("proof")
class TwinBuildsTest {

  private static final Set<String> NO_SOURCES = Set.of("target", ".git", "data");
  private static final long PATIENCE_MINUTES = 10;

  @TempDir Path folder;

  @Test
  void program_builtElsewhere_isTheSameByteForByte() throws Exception {
    Path other = folder.resolve("somewhere/else");
    copySources(other);
    build(other);
    Path program = other.resolve("bot-app/target/muster.jar");

    assertEquals(Set.of(), different(Bytes.entries(Place.program()), Bytes.entries(program)));
    assertEquals(Bytes.sha256(Place.program()), Bytes.sha256(program));
    if (!Place.isOffline()) {
      assertEquals(listed(Place.ROOT), listed(other));
    }
  }

  /** The jars of our modules hold the rights of their files; the program does not. */
  private static List<Part> listed(Path root) throws IOException {
    return BillOfMaterials.read(BillOfMaterials.in(root)).stream()
        .map(part -> part.isOurs() ? part.withoutDigest() : part)
        .toList();
  }

  private static void copySources(Path other) throws IOException {
    Files.walkFileTree(
        Place.ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes seen)
              throws IOException {
            if (NO_SOURCES.contains(from.getFileName().toString())) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(other.resolve(Place.ROOT.relativize(from).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path from, BasicFileAttributes seen) throws IOException {
            if (seen.isRegularFile() && !from.getFileName().toString().equals(".git")) {
              Files.copy(from, other.resolve(Place.ROOT.relativize(from).toString()));
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private void build(Path other) throws IOException, InterruptedException {
    Path log = folder.resolve("log");
    String mvn = Path.of(System.getProperty("shipped.maven"), "bin", "mvn").toString();
    List<String> command = new ArrayList<>();
    command.addAll(List.of("sh", "-c", "umask 077 && exec \"$@\"", "build", mvn));
    command.addAll(List.of("-q", "-B", "-ntp", "package", "-DskipTests"));
    if (Place.isOffline()) {
      command.add("-o");
    }
    command.add("-Dmaven.repo.local=" + System.getProperty("shipped.repository"));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(other.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("TZ", "Pacific/Kiritimati");
    environment.put("LC_ALL", "C");
    environment.put("MAVEN_OPTS", "-Duser.language=tr -Duser.country=TR");
    environment.remove("MAVEN_ARGS");
    Process process = builder.start();
    try {
      assertTrue(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES), "the build does not end");
    } finally {
      process.destroyForcibly();
    }
    assertEquals(0, process.exitValue(), () -> words(log));
  }

  private static String words(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return "the build failed, and its words cannot be read: " + e;
    }
  }

  private static Set<String> different(Map<String, String> one, Map<String, String> two) {
    Set<String> different = new TreeSet<>(one.keySet());
    different.addAll(two.keySet());
    different.removeIf(name -> one.containsKey(name) && one.get(name).equals(two.get(name)));
    return different;
  }
}
