// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.sabotage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * One file of the program with a fault put in: its source is taken as it is today, changed in one
 * place, and compiled or copied into a folder that can stand first on a class path. The program
 * itself has no switch for any of this.
 *
 * @param source the source file below the root of the project
 * @param sound what stands there, once
 * @param faulty what is put in its place
 */
public record Mutant(String source, String sound, String faulty) {

  private static final String RESOURCES = "/src/main/resources/";

  /** Writes faulty files into {@code folder} and returns what is to stand first. */
  public static Path into(Path folder, List<Mutant> mutants) throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    List<Path> sources = new ArrayList<>();
    for (Mutant mutant : mutants) {
      int resource = mutant.source.indexOf(RESOURCES);
      if (resource < 0) {
        Path name = Path.of(mutant.source).getFileName();
        sources.add(write(folder.resolve("source").resolve(name), mutant.faultyText()));
      } else {
        Path name = Path.of(mutant.source.substring(resource + RESOURCES.length()));
        copyBeside(root().resolve(mutant.source), classes.resolve(name).getParent());
        write(classes.resolve(name), mutant.faultyText());
      }
    }
    if (!sources.isEmpty()) {
      compile(sources, classes);
    }
    return classes;
  }

  /** The whole folder goes in front, so that it can hide the sound one. */
  private static void copyBeside(Path original, Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(original.getParent())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
  }

  private static Path root() {
    return Path.of(System.getProperty("muster.root"));
  }

  private static Path write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private String faultyText() throws IOException {
    String text = Files.readString(root().resolve(source));
    int times = text.split(Pattern.quote(sound), -1).length - 1;
    assertEquals(1, times, source + " has changed; the fault must be put in anew for: " + sound);
    return text.replace(sound, faulty);
  }

  private static void compile(List<Path> sources, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      Iterable<? extends JavaFileObject> units = files.getJavaFileObjectsFromPaths(sources);
      List<String> options =
          List.of(
              "-proc:none",
              "-parameters",
              "-cp",
              System.getProperty("java.class.path"),
              "-d",
              classes.toString());
      assertTrue(compiler.getTask(said, files, null, options, null, units).call(), said::toString);
    }
  }
}
