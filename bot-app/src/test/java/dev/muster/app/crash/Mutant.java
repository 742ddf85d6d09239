// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * One class of the program with a fault put in: its source is taken as it is today, changed in one
 * place and compiled into a folder that can stand first on a class path. The program itself has no
 * switch for any of this.
 *
 * @param source the source file below the root of the project
 * @param sound what stands there
 * @param faulty what is put in its place
 */
record Mutant(String source, String sound, String faulty) {

  /** Compiles it into {@code folder} and returns the folder of classes. */
  Path into(Path folder) throws IOException {
    Path root = Path.of(System.getProperty("muster.root"));
    String text = Files.readString(root.resolve(source));
    assertTrue(text.contains(sound), source + " has changed; the fault must be put in anew");
    Path file = folder.resolve("source").resolve(Path.of(source).getFileName());
    Files.createDirectories(file.getParent());
    Files.writeString(file, text.replace(sound, faulty));
    Path classes = Files.createDirectories(folder.resolve("classes"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      Iterable<? extends JavaFileObject> units = files.getJavaFileObjects(file);
      List<String> options =
          List.of(
              "-proc:none", "-cp", System.getProperty("java.class.path"), "-d", classes.toString());
      assertTrue(compiler.getTask(said, files, null, options, null, units).call(), said::toString);
    }
    return classes;
  }
}
