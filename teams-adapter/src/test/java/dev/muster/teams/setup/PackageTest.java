// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.setup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.teams.client.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the script that makes the app package, as an administrator does. */
final class PackageTest {

  private static final String APP = "11111111-2222-3333-4444-55555555555a";
  private static final String HOST = "muster.example.com";
  private static final List<String> TOOLS = List.of("dirname", "grep", "sed", "tr");

  @TempDir private Path folder;

  /** What a run said, and whether it ended well. */
  private record Ended(boolean well, String said) {}

  private Ended run(Map<String, String> environment, String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add("/bin/sh");
    command.add(Manifest.FOLDER.resolve("package.sh").toRealPath().toString());
    command.addAll(List.of(words));
    Path said = folder.resolve("said.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return new Ended(process.waitFor() == 0, Files.readString(said));
  }

  private Ended run(String... words) throws Exception {
    return run(Map.of("JAVA_HOME", System.getProperty("java.home")), words);
  }

  private Map<String, byte[]> packed() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (InputStream file = Files.newInputStream(folder.resolve("muster-teams.zip"));
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return files;
  }

  @Test
  void zip_holdsThreeFiles_withEveryPlaceFilled() throws Exception {
    Ended ended = run(APP.toUpperCase(Locale.ROOT), "Muster.Example.com", "1.2.3");
    assertTrue(ended.well(), ended.said());
    Map<String, byte[]> files = packed();

    assertEquals(List.of("color.png", "manifest.json", "outline.png"), List.copyOf(files.keySet()));
    for (String icon : List.of("color.png", "outline.png")) {
      assertArrayEquals(Files.readAllBytes(Manifest.FOLDER.resolve(icon)), files.get(icon));
    }
    String shipped = Files.readString(Manifest.FOLDER.resolve("manifest.json"));
    JsonNode filled = Json.read(files.get("manifest.json"));
    assertEquals("1.2.3", filled.path("version").asText());
    String expected =
        shipped
            .replace("APP_ID", APP)
            .replace("HOST", HOST)
            .replace("\"version\": \"1.0.0\"", "\"version\": \"1.2.3\"");
    assertEquals(expected, new String(files.get("manifest.json"), StandardCharsets.UTF_8));
  }

  @Test
  void zip_madeAgain_replacesTheOneBefore_withTheShippedVersion() throws Exception {
    assertTrue(run(APP, "before.example.com", "9.9.9").well());
    Ended ended = run(APP, HOST);

    assertTrue(ended.well(), ended.said());
    JsonNode filled = Json.read(packed().get("manifest.json"));
    assertEquals(Manifest.shipped().root().path("version"), filled.path("version"));
    assertEquals(HOST, filled.at("/validDomains/0").asText());
  }

  @ParameterizedTest
  @CsvSource({
    "'', muster.example.com, 1.0.0, APP_ID is",
    "my-app, muster.example.com, 1.0.0, APP_ID is",
    APP + ", https://muster.example.com, 1.0.0, HOST is",
    APP + ", muster.example.com/x, 1.0.0, HOST is",
    APP + ", muster.example.com&e, 1.0.0, HOST is",
    APP + ", localhost, 1.0.0, HOST is",
    APP + ", 10.0.0.1, 1.0.0, HOST is",
    APP + ", muster.example.com, 1.0, VERSION is",
    APP + ", muster.example.com, 1.0.x, VERSION is"
  })
  void words_thatCannotBe_areRefusedWithWhatIsRight(
      String app, String host, String version, String said) throws Exception {
    Ended ended = run(app, host, version);

    assertFalse(ended.well());
    assertTrue(ended.said().startsWith("package.sh: " + said), ended.said());
    assertFalse(Files.exists(folder.resolve("muster-teams.zip")));
  }

  @Test
  void words_missing_areAskedFor() throws Exception {
    Ended ended = run();

    assertFalse(ended.well());
    assertTrue(ended.said().contains("say APP_ID and HOST"), ended.said());
  }

  @Test
  void jar_missing_isTold() throws Exception {
    Path tools = Files.createDirectory(folder.resolve("tools"));
    for (String tool : TOOLS) {
      Optional<Path> found =
          List.of("/usr/bin", "/bin").stream()
              .map(place -> Path.of(place, tool))
              .filter(Files::isExecutable)
              .findFirst();
      Path there = tools.resolve(tool);
      Files.writeString(there, "#!/bin/sh\nexec " + found.orElseThrow() + " \"$@\"\n");
      assertTrue(there.toFile().setExecutable(true));
    }

    Ended ended = run(Map.of("JAVA_HOME", "", "PATH", tools.toString()), APP, HOST);

    assertFalse(ended.well());
    assertTrue(ended.said().contains("the jar tool is missing. Install a JDK"), ended.said());
    assertFalse(Files.exists(folder.resolve("muster-teams.zip")));
  }
}
