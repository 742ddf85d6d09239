// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code tools/muster} hands to java, of which a script stands here that tells its words. */
final class LauncherTest {

  @TempDir private Path folder;

  @BeforeEach
  void install() throws IOException {
    Path tool = Path.of(System.getProperty("muster.root"), "tools/muster");
    Files.copy(tool, folder.resolve("muster"));
    Files.createFile(folder.resolve("muster.jar"));
    Path java = Files.writeString(folder.resolve("java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
  }

  private List<String> words(String options) throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    ProcessBuilder builder =
        new ProcessBuilder("bash", folder.resolve("muster").toString(), "version")
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.environment().put("JAVA", folder.resolve("java").toString());
    builder.environment().put("MUSTER_JAVA_OPTS", options);
    Process process = builder.start();
    try {
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      String said = Files.readString(out, StandardCharsets.UTF_8);
      assertEquals(0, process.exitValue(), said);
      return said.lines().toList();
    } finally {
      process.destroyForcibly();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Xmx1g -Da=1 -Db=*",
        "-Xmx1g\n-Da=1\n-Db=*",
        "\n  -Xmx1g\n\n -Da=1\t-Db=*\n",
      })
  void options_onOneLineOrMore_allReachJavaBehindTheOwnOnes(String options) throws Exception {
    List<String> words = words(options);

    int at = words.indexOf("-Xmx1g");
    assertTrue(at > words.indexOf("-Xmx512m"), words.toString());
    String jar = folder.resolve("muster.jar").toString();
    assertEquals(
        List.of("-Xmx1g", "-Da=1", "-Db=*", "-jar", jar, "version"),
        words.subList(at, words.size()));
  }

  @Test
  void noOptions_addNothing() throws Exception {
    List<String> words = words("");

    assertEquals("version", words.get(words.size() - 1));
    assertTrue(words.stream().noneMatch(String::isEmpty), words.toString());
  }
}
